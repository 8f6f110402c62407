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

            /** Report publicKey. */
            publicKey?: (Uint8Array|null);

            /** Report signature. */
            signature?: (Uint8Array|null);

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

                /** Report publicKey */
                publicKey?: (Uint8Array|null);

                /** Report signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Report. */
            type $Shape = lintel.v1.Report.$Properties;
        }

        /** State enum. */
        enum State {

            /** STATE_UNSPECIFIED value */
            STATE_UNSPECIFIED = 0,

            /** STATE_RUNNING value */
            STATE_RUNNING = 1,

            /** STATE_FAULT_SIGN value */
            STATE_FAULT_SIGN = 2,

            /** STATE_FAULT_DEVICE value */
            STATE_FAULT_DEVICE = 3,

            /** STATE_FAULT_MODEL value */
            STATE_FAULT_MODEL = 4,

            /** STATE_LOST value */
            STATE_LOST = 5
        }

        /** Sense enum. */
        enum Sense {

            /** SENSE_UNSPECIFIED value */
            SENSE_UNSPECIFIED = 0,

            /** SENSE_WIRED value */
            SENSE_WIRED = 1,

            /** SENSE_READ_BACK value */
            SENSE_READ_BACK = 2
        }

        /**
         * Properties of a Version.
         * @deprecated Use lintel.v1.Version.$Properties instead.
         */
        interface IVersion extends lintel.v1.Version.$Properties {
        }

        /** Represents a Version. */
        class Version {

            /**
             * Constructs a new Version.
             * @param [properties] Properties to set
             */
            constructor(properties?: lintel.v1.Version.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Version major. */
            major?: (number|null);

            /** Version minor. */
            minor?: (number|null);

            /** Version patch. */
            patch?: (number|null);

            /**
             * Encodes the specified Version message. Does not implicitly {@link lintel.v1.Version.verify|verify} messages.
             * @param message Version message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: lintel.v1.Version.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {lintel.v1.Version & lintel.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lintel.v1.Version & lintel.v1.Version.$Shape;
        }

        namespace Version {

            /** Properties of a Version. */
            interface $Properties {

                /** Version major */
                major?: (number|null);

                /** Version minor */
                minor?: (number|null);

                /** Version patch */
                patch?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Version. */
            type $Shape = lintel.v1.Version.$Properties;
        }

        /**
         * Properties of a Status.
         * @deprecated Use lintel.v1.Status.$Properties instead.
         */
        interface IStatus extends lintel.v1.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: lintel.v1.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status schemaVersion. */
            schemaVersion?: (number|null);

            /** Status state. */
            state?: (lintel.v1.State|null);

            /** Status sense. */
            sense?: (lintel.v1.Sense|null);

            /** Status timeSeconds. */
            timeSeconds?: (number|null);

            /** Status software. */
            software?: (lintel.v1.Version.$Properties|null);

            /** Status modelsSha256. */
            modelsSha256?: (Uint8Array|null);

            /** Status settingsSha256. */
            settingsSha256?: (Uint8Array|null);

            /** Status evidenceRecords. */
            evidenceRecords?: (number|null);

            /** Status evidenceRootSha256. */
            evidenceRootSha256?: (Uint8Array|null);

            /** Status publicKey. */
            publicKey?: (Uint8Array|null);

            /** Status signature. */
            signature?: (Uint8Array|null);

            /**
             * Encodes the specified Status message. Does not implicitly {@link lintel.v1.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: lintel.v1.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {lintel.v1.Status & lintel.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): lintel.v1.Status & lintel.v1.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status schemaVersion */
                schemaVersion?: (number|null);

                /** Status state */
                state?: (lintel.v1.State|null);

                /** Status sense */
                sense?: (lintel.v1.Sense|null);

                /** Status timeSeconds */
                timeSeconds?: (number|null);

                /** Status software */
                software?: (lintel.v1.Version.$Properties|null);

                /** Status modelsSha256 */
                modelsSha256?: (Uint8Array|null);

                /** Status settingsSha256 */
                settingsSha256?: (Uint8Array|null);

                /** Status evidenceRecords */
                evidenceRecords?: (number|null);

                /** Status evidenceRootSha256 */
                evidenceRootSha256?: (Uint8Array|null);

                /** Status publicKey */
                publicKey?: (Uint8Array|null);

                /** Status signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = lintel.v1.Status.$Properties;
        }
    }
}
