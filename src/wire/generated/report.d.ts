import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace lintel. */
export namespace lintel {

    /** Namespace v1. */
    namespace v1 {

        /** Level enum. */
        enum Level {

            /** LEVEL_UNSPECIFIED value */
            LEVEL_UNSPECIFIED = 0,

            /** LEVEL_WINDOW value */
            LEVEL_WINDOW = 1,

            /** LEVEL_DAY value */
            LEVEL_DAY = 2
        }

        /** CountStatus enum. */
        enum CountStatus {

            /** COUNT_STATUS_UNSPECIFIED value */
            COUNT_STATUS_UNSPECIFIED = 0,

            /** COUNT_STATUS_PUBLISHED value */
            COUNT_STATUS_PUBLISHED = 1,

            /** COUNT_STATUS_FEWER_THAN_K value */
            COUNT_STATUS_FEWER_THAN_K = 2,

            /** COUNT_STATUS_NOT_MEASURED value */
            COUNT_STATUS_NOT_MEASURED = 3
        }

        /**
         * Properties of a Count.
         * @deprecated Use lintel.v1.Count.$Properties instead.
         */
        interface ICount extends lintel.v1.Count.$Properties {
        }

        /** Represents a Count. */
        class Count {

            /**
             * Constructs a new Count.
             * @param [properties] Properties to set
             */
            constructor(properties?: lintel.v1.Count.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Count status. */
            status?: (lintel.v1.CountStatus|null);

            /** Count value. */
            value?: (number|null);

            /**
             * Encodes the specified Count message. Does not implicitly {@link lintel.v1.Count.verify|verify} messages.
             * @param message Count message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: lintel.v1.Count.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Count message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {lintel.v1.Count & lintel.v1.Count.$Shape} Count
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lintel.v1.Count & lintel.v1.Count.$Shape;
        }

        namespace Count {

            /** Properties of a Count. */
            interface $Properties {

                /** Count status */
                status?: (lintel.v1.CountStatus|null);

                /** Count value */
                value?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Count. */
            type $Shape = lintel.v1.Count.$Properties;
        }

        /**
         * Properties of a Report.
         * @deprecated Use lintel.v1.Report.$Properties instead.
         */
        interface IReport extends lintel.v1.Report.$Properties {
        }

        /** Represents a Report. */
        class Report {

            /**
             * Constructs a new Report.
             * @param [properties] Properties to set
             */
            constructor(properties?: lintel.v1.Report.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Report schemaVersion. */
            schemaVersion?: (number|null);

            /** Report level. */
            level?: (lintel.v1.Level|null);

            /** Report windowStartSeconds. */
            windowStartSeconds?: (number|null);

            /** Report windowSeconds. */
            windowSeconds?: (number|null);

            /** Report countIn. */
            countIn?: (lintel.v1.Count.$Properties|null);

            /** Report countOut. */
            countOut?: (lintel.v1.Count.$Properties|null);

            /** Report coveragePercent. */
            coveragePercent?: (number|null);

            /** Report noiseDeviationThousandths. */
            noiseDeviationThousandths?: (number|null);

            /** Report suppressBelow. */
            suppressBelow?: (number|null);

            /** Report budgetNumerator. */
            budgetNumerator?: (number|null);

            /** Report budgetDenominator. */
            budgetDenominator?: (number|null);

            /**
             * Encodes the specified Report message. Does not implicitly {@link lintel.v1.Report.verify|verify} messages.
             * @param message Report message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: lintel.v1.Report.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {lintel.v1.Report & lintel.v1.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lintel.v1.Report & lintel.v1.Report.$Shape;
        }

        namespace Report {

            /** Properties of a Report. */
            interface $Properties {

                /** Report schemaVersion */
                schemaVersion?: (number|null);

                /** Report level */
                level?: (lintel.v1.Level|null);

                /** Report windowStartSeconds */
                windowStartSeconds?: (number|null);

                /** Report windowSeconds */
                windowSeconds?: (number|null);

                /** Report countIn */
                countIn?: (lintel.v1.Count.$Properties|null);

                /** Report countOut */
                countOut?: (lintel.v1.Count.$Properties|null);

                /** Report coveragePercent */
                coveragePercent?: (number|null);

                /** Report noiseDeviationThousandths */
                noiseDeviationThousandths?: (number|null);

                /** Report suppressBelow */
                suppressBelow?: (number|null);

                /** Report budgetNumerator */
                budgetNumerator?: (number|null);

                /** Report budgetDenominator */
                budgetDenominator?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Report. */
            type $Shape = lintel.v1.Report.$Properties;
        }
    }
}
