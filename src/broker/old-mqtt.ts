/** The CONNACK code with which a broker of MQTT 3.1.1 answers one of 5 (section 3.1.2.2). */
const UNACCEPTABLE_VERSION = 1;

/**
 * Whether a broker that did not greet us in MQTT 5 may speak 3.1.1: it said so, or it hung up without a word, as RabbitMQ 3.10
 * does in place of saying so.
 * @param failure why the connection ended; undefined when the broker just closed it
 */
export function maySpeakOldMqtt(failure: Error | undefined): boolean {
  return failure === undefined || ('code' in failure && failure.code === UNACCEPTABLE_VERSION);
}
