import type { Outgoing } from './profile/profile.ts';

/** What the `mqtt` library wants to know of a message beside its topic and payload. */
export function publishOptions(message: Outgoing, protocolVersion: 4 | 5) {
  const { qos, retain } = message;
  return { qos, retain, ...(protocolVersion === 5 && { properties: properties(message) }) };
}

export function willOptions(will: Outgoing, protocolVersion: 4 | 5) {
  const payload = Buffer.from(will.payload);
  return { topic: will.topic, payload, ...publishOptions(will, protocolVersion) };
}

function properties({ contentType, expirySeconds, userProperties }: Outgoing) {
  return {
    ...(contentType !== undefined && { contentType }),
    ...(expirySeconds !== undefined && { messageExpiryInterval: expirySeconds }),
    ...(userProperties && { userProperties }),
  };
}
