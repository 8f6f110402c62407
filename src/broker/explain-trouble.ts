import { type ConnectionWords, SETTINGS_WORDS } from './connection-words.ts';

/** What can be done about an error that ended a connection, where the error itself does not say. */
const ADVICE: readonly (readonly [codes: RegExp, advice: (words: ConnectionWords) => string])[] = [
  [
    /^CERT_HAS_EXPIRED$/,
    () => "the broker's certificate has expired: renew it there; if it has not, set this machine's clock",
  ],
  [/^CERT_NOT_YET_VALID$/, () => "the broker's certificate is not valid yet: set this machine's clock"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ url }) =>
      `the broker's certificate is for another name: let ${url} have the name that is in the certificate, or make one for this name`,
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_(SIGNATURE_FAILURE|UNTRUSTED|CHAIN_TOO_LONG)|INVALID_CA)$/,
    ({ ca }) =>
      `the broker's certificate is not signed by the authority in ${ca}: put the authority's certificate there`,
  ],
  [
    /^INVALID_PURPOSE$/,
    () => "the broker's certificate is not for a broker: make one with extendedKeyUsage=serverAuth",
  ],
  [
    /ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE)|NO_CERTIFICATE/,
    ({ certificate, key }) => `the broker wants a certificate: give ${certificate} and ${key}`,
  ],
  [
    /ALERT_CERTIFICATE_EXPIRED/,
    ({ own, certificate }) => `${own} has expired: put a new one in ${certificate}`,
  ],
  [
    /ALERT_CERTIFICATE_REVOKED/,
    ({ own, certificate }) => `${own} was revoked: put a new one in ${certificate}`,
  ],
  [
    /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR)/,
    ({ own, certificate }) =>
      `the broker does not know the authority of ${own}: give the broker (cafile) that authority, or have ${certificate} made by the one that the broker knows`,
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/,
    () =>
      'the broker does not speak TLS 1.3, and nothing older is taken: renew the broker, or set its tls_version to tlsv1.3',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|HTTP_REQUEST/,
    ({ url }) => `what answers on the broker's port does not speak TLS: let ${url} have the port that does`,
  ],
];

/** Reason codes with which a broker of MQTT 5 hangs up (section 3.14.2.1), and what can be done about them. */
const HUNG_UP: Readonly<Record<number, string>> = {
  139: 'it is shutting down',
  142: "another client has connected with this camera's name: give each camera a site and device of its own",
  147: 'too much was sent at once',
  151: 'a quota of this camera is used up: raise it at the broker',
};

export function hungUp(reasonCode = 0): Error {
  return new Error(`it hung up: ${HUNG_UP[reasonCode] ?? `reason code ${reasonCode}`}`);
}

/** One line on why the broker cannot be used, and what can be done about it. */
export function explainTrouble(error: Error, words = SETTINGS_WORDS): string {
  const code = codeOf(error);
  const advice = ADVICE.find(([codes]) => codes.test(code))?.[1];
  // A host with several addresses fails with an error that has a code but no message.
  const plain = (error.message || code).replace(/\s+/g, ' ').trim();
  return advice === undefined ? `the broker cannot be used: ${plain}` : `${advice(words)} (${code})`;
}

/** What was written before the handshake ended fails with EPROTO, and OpenSSL's own code is in the message. */
function codeOf(error: Error): string {
  const [, reason] = /SSL routines:[^:]*:([^:]+)/.exec(error.message) ?? [];
  if (reason !== undefined) return `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
  return 'code' in error ? String(error.code) : '';
}
