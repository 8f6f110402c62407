import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace sparkplug. */
export namespace sparkplug {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Payload.
         * @deprecated Use sparkplug.v1.Payload.$Properties instead.
         */
        interface IPayload extends sparkplug.v1.Payload.$Properties {
        }

        /** Represents a Payload. */
        class Payload {

            /**
             * Constructs a new Payload.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparkplug.v1.Payload.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Payload timestamp. */
            timestamp?: (number|Long|null);

            /** Payload metrics. */
            metrics: sparkplug.v1.Metric.$Properties[];

            /** Payload seq. */
            seq?: (number|Long|null);

            /**
             * Encodes the specified Payload message. Does not implicitly {@link sparkplug.v1.Payload.verify|verify} messages.
             * @param message Payload message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparkplug.v1.Payload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Payload message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparkplug.v1.Payload & sparkplug.v1.Payload.$Shape} Payload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparkplug.v1.Payload & sparkplug.v1.Payload.$Shape;
        }

        namespace Payload {

            /** Properties of a Payload. */
            interface $Properties {

                /** Payload timestamp */
                timestamp?: (number|Long|null);

                /** Payload metrics */
                metrics?: (sparkplug.v1.Metric.$Properties[]|null);

                /** Payload seq */
                seq?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Payload. */
            type $Shape = {
              timestamp?: number|Long|null;
              metrics?: sparkplug.v1.Metric.$Shape[]|null;
              seq?: number|Long|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Metric.
         * @deprecated Use sparkplug.v1.Metric.$Properties instead.
         */
        interface IMetric extends sparkplug.v1.Metric.$Properties {
        }

        /** Represents a Metric. */
        class Metric {

            /**
             * Constructs a new Metric.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparkplug.v1.Metric.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Metric name. */
            name?: (string|null);

            /** Metric timestamp. */
            timestamp?: (number|Long|null);

            /** Metric datatype. */
            datatype?: (number|null);

            /** Metric isHistorical. */
            isHistorical?: (boolean|null);

            /** Metric isTransient. */
            isTransient?: (boolean|null);

            /** Metric isNull. */
            isNull?: (boolean|null);

            /** Metric longValue. */
            longValue?: (number|Long|null);

            /** Metric doubleValue. */
            doubleValue?: (number|null);

            /** Metric booleanValue. */
            booleanValue?: (boolean|null);

            /** Metric stringValue. */
            stringValue?: (string|null);

            /** Metric bytesValue. */
            bytesValue?: (Uint8Array|null);

            /** Metric value. */
            value?: ("longValue"|"doubleValue"|"booleanValue"|"stringValue"|"bytesValue");

            /**
             * Encodes the specified Metric message. Does not implicitly {@link sparkplug.v1.Metric.verify|verify} messages.
             * @param message Metric message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparkplug.v1.Metric.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Metric message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparkplug.v1.Metric & sparkplug.v1.Metric.$Shape} Metric
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparkplug.v1.Metric & sparkplug.v1.Metric.$Shape;
        }

        namespace Metric {

            /** Properties of a Metric. */
            interface $Properties {

                /** Metric name */
                name?: (string|null);

                /** Metric timestamp */
                timestamp?: (number|Long|null);

                /** Metric datatype */
                datatype?: (number|null);

                /** Metric isHistorical */
                isHistorical?: (boolean|null);

                /** Metric isTransient */
                isTransient?: (boolean|null);

                /** Metric isNull */
                isNull?: (boolean|null);

                /** Metric longValue */
                longValue?: (number|Long|null);

                /** Metric doubleValue */
                doubleValue?: (number|null);

                /** Metric booleanValue */
                booleanValue?: (boolean|null);

                /** Metric stringValue */
                stringValue?: (string|null);

                /** Metric bytesValue */
                bytesValue?: (Uint8Array|null);

                /** Metric value */
                value?: ("longValue"|"doubleValue"|"booleanValue"|"stringValue"|"bytesValue");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Metric. */
            type $Shape = {
              name?: string|null;
              timestamp?: number|Long|null;
              datatype?: number|null;
              isHistorical?: boolean|null;
              isTransient?: boolean|null;
              isNull?: boolean|null;
              longValue?: number|Long|null;
              doubleValue?: number|null;
              booleanValue?: boolean|null;
              stringValue?: string|null;
              bytesValue?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "longValue"; longValue: number|Long; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "doubleValue"; longValue?: null; doubleValue: number; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "booleanValue"; longValue?: null; doubleValue?: null; booleanValue: boolean; stringValue?: null; bytesValue?: null }|{ value?: "stringValue"; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue: string; bytesValue?: null }|{ value?: "bytesValue"; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue: Uint8Array })
            );
        }
    }
}
