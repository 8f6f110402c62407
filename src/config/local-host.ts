/** The network device of a USB gadget. */
export const LOCAL_DEVICE = 'usb0';

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const LOOPBACK = new RegExp(`^(127([.]${OCTET}){3}|::1)$`);
/** RFC 3927; RFC 4291, with the device that it is on (RFC 4007). */
const LINK_LOCAL = new RegExp(`^(169[.]254([.]${OCTET}){2}|fe80::[0-9a-f:]+%[\\w.-]+)$`, 'i');

/** Whether only this machine, or one at the other end of a cable, can reach what listens there. */
export function isLocalHost(host: string): boolean {
  return host === LOCAL_DEVICE || LOOPBACK.test(host) || LINK_LOCAL.test(host);
}
