/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["lintel"] || ($protobuf.roots["lintel"] = {});

export const lintel = $root.lintel = (() => {

    /**
     * Namespace lintel.
     * @exports lintel
     * @namespace
     */
    const lintel = {};

    lintel.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof lintel
         * @namespace
         */
        const v1 = {};

        /**
         * Level enum.
         * @name lintel.v1.Level
         * @enum {number}
         * @property {number} LEVEL_UNSPECIFIED=0 LEVEL_UNSPECIFIED value
         * @property {number} LEVEL_WINDOW=1 LEVEL_WINDOW value
         * @property {number} LEVEL_DAY=2 LEVEL_DAY value
         */
        v1.Level = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "LEVEL_UNSPECIFIED"] = 0;
            values[valuesById[1] = "LEVEL_WINDOW"] = 1;
            values[valuesById[2] = "LEVEL_DAY"] = 2;
            return values;
        })();

        /**
         * CountStatus enum.
         * @name lintel.v1.CountStatus
         * @enum {number}
         * @property {number} COUNT_STATUS_UNSPECIFIED=0 COUNT_STATUS_UNSPECIFIED value
         * @property {number} COUNT_STATUS_PUBLISHED=1 COUNT_STATUS_PUBLISHED value
         * @property {number} COUNT_STATUS_FEWER_THAN_K=2 COUNT_STATUS_FEWER_THAN_K value
         * @property {number} COUNT_STATUS_NOT_MEASURED=3 COUNT_STATUS_NOT_MEASURED value
         */
        v1.CountStatus = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "COUNT_STATUS_UNSPECIFIED"] = 0;
            values[valuesById[1] = "COUNT_STATUS_PUBLISHED"] = 1;
            values[valuesById[2] = "COUNT_STATUS_FEWER_THAN_K"] = 2;
            values[valuesById[3] = "COUNT_STATUS_NOT_MEASURED"] = 3;
            return values;
        })();

        v1.Count = (function() {

            /**
             * Properties of a Count.
             * @typedef {Object} lintel.v1.Count.$Properties
             * @property {lintel.v1.CountStatus|null} [status] Count status
             * @property {number|null} [value] Count value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Count.
             * @memberof lintel.v1
             * @interface ICount
             * @augments lintel.v1.Count.$Properties
             * @deprecated Use lintel.v1.Count.$Properties instead.
             */

            /**
             * Shape of a Count.
             * @typedef {lintel.v1.Count.$Properties} lintel.v1.Count.$Shape
             */

            /**
             * Constructs a new Count.
             * @memberof lintel.v1
             * @classdesc Represents a Count.
             * @constructor
             * @param {lintel.v1.Count.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Count = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Count status.
             * @member {lintel.v1.CountStatus|null|undefined} status
             * @memberof lintel.v1.Count
             * @instance
             */
            Count.prototype.status = null;

            /**
             * Count value.
             * @member {number|null|undefined} value
             * @memberof lintel.v1.Count
             * @instance
             */
            Count.prototype.value = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Count.prototype, "_status", {
                get: $util.oneOfGetter($oneOfFields = ["status"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Count.prototype, "_value", {
                get: $util.oneOfGetter($oneOfFields = ["value"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Count message. Does not implicitly {@link lintel.v1.Count.verify|verify} messages.
             * @function encode
             * @memberof lintel.v1.Count
             * @static
             * @param {lintel.v1.Count.$Properties} message Count message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Count.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.status);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Count message from the specified reader or buffer.
             * @function decode
             * @memberof lintel.v1.Count
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {lintel.v1.Count & lintel.v1.Count.$Shape} Count
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Count.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.lintel.v1.Count();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.status = reader.int32();
                            message._status = "status";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 5)
                                break;
                            message.value = reader.fixed32();
                            message._value = "value";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Count;
        })();

        v1.Report = (function() {

            /**
             * Properties of a Report.
             * @typedef {Object} lintel.v1.Report.$Properties
             * @property {number|null} [schemaVersion] Report schemaVersion
             * @property {lintel.v1.Level|null} [level] Report level
             * @property {number|null} [windowStartSeconds] Report windowStartSeconds
             * @property {number|null} [windowSeconds] Report windowSeconds
             * @property {lintel.v1.Count.$Properties|null} [countIn] Report countIn
             * @property {lintel.v1.Count.$Properties|null} [countOut] Report countOut
             * @property {number|null} [coveragePercent] Report coveragePercent
             * @property {number|null} [noiseDeviationThousandths] Report noiseDeviationThousandths
             * @property {number|null} [suppressBelow] Report suppressBelow
             * @property {number|null} [budgetNumerator] Report budgetNumerator
             * @property {number|null} [budgetDenominator] Report budgetDenominator
             * @property {Uint8Array|null} [publicKey] Report publicKey
             * @property {Uint8Array|null} [signature] Report signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Report.
             * @memberof lintel.v1
             * @interface IReport
             * @augments lintel.v1.Report.$Properties
             * @deprecated Use lintel.v1.Report.$Properties instead.
             */

            /**
             * Shape of a Report.
             * @typedef {lintel.v1.Report.$Properties} lintel.v1.Report.$Shape
             */

            /**
             * Constructs a new Report.
             * @memberof lintel.v1
             * @classdesc Represents a Report.
             * @constructor
             * @param {lintel.v1.Report.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Report = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Report schemaVersion.
             * @member {number|null|undefined} schemaVersion
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.schemaVersion = null;

            /**
             * Report level.
             * @member {lintel.v1.Level|null|undefined} level
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.level = null;

            /**
             * Report windowStartSeconds.
             * @member {number|null|undefined} windowStartSeconds
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.windowStartSeconds = null;

            /**
             * Report windowSeconds.
             * @member {number|null|undefined} windowSeconds
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.windowSeconds = null;

            /**
             * Report countIn.
             * @member {lintel.v1.Count.$Properties|null|undefined} countIn
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.countIn = null;

            /**
             * Report countOut.
             * @member {lintel.v1.Count.$Properties|null|undefined} countOut
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.countOut = null;

            /**
             * Report coveragePercent.
             * @member {number|null|undefined} coveragePercent
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.coveragePercent = null;

            /**
             * Report noiseDeviationThousandths.
             * @member {number|null|undefined} noiseDeviationThousandths
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.noiseDeviationThousandths = null;

            /**
             * Report suppressBelow.
             * @member {number|null|undefined} suppressBelow
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.suppressBelow = null;

            /**
             * Report budgetNumerator.
             * @member {number|null|undefined} budgetNumerator
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.budgetNumerator = null;

            /**
             * Report budgetDenominator.
             * @member {number|null|undefined} budgetDenominator
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.budgetDenominator = null;

            /**
             * Report publicKey.
             * @member {Uint8Array|null|undefined} publicKey
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.publicKey = null;

            /**
             * Report signature.
             * @member {Uint8Array|null|undefined} signature
             * @memberof lintel.v1.Report
             * @instance
             */
            Report.prototype.signature = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_schemaVersion", {
                get: $util.oneOfGetter($oneOfFields = ["schemaVersion"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_level", {
                get: $util.oneOfGetter($oneOfFields = ["level"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_windowStartSeconds", {
                get: $util.oneOfGetter($oneOfFields = ["windowStartSeconds"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_windowSeconds", {
                get: $util.oneOfGetter($oneOfFields = ["windowSeconds"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_countIn", {
                get: $util.oneOfGetter($oneOfFields = ["countIn"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_countOut", {
                get: $util.oneOfGetter($oneOfFields = ["countOut"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_coveragePercent", {
                get: $util.oneOfGetter($oneOfFields = ["coveragePercent"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_noiseDeviationThousandths", {
                get: $util.oneOfGetter($oneOfFields = ["noiseDeviationThousandths"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_suppressBelow", {
                get: $util.oneOfGetter($oneOfFields = ["suppressBelow"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_budgetNumerator", {
                get: $util.oneOfGetter($oneOfFields = ["budgetNumerator"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_budgetDenominator", {
                get: $util.oneOfGetter($oneOfFields = ["budgetDenominator"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_publicKey", {
                get: $util.oneOfGetter($oneOfFields = ["publicKey"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Report.prototype, "_signature", {
                get: $util.oneOfGetter($oneOfFields = ["signature"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Report message. Does not implicitly {@link lintel.v1.Report.verify|verify} messages.
             * @function encode
             * @memberof lintel.v1.Report
             * @static
             * @param {lintel.v1.Report.$Properties} message Report message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Report.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.schemaVersion != null && $Object.hasOwnProperty.call(message, "schemaVersion"))
                    writer.uint32(/* id 1, wireType 5 =*/13).fixed32(message.schemaVersion);
                if (message.level != null && $Object.hasOwnProperty.call(message, "level"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.level);
                if (message.windowStartSeconds != null && $Object.hasOwnProperty.call(message, "windowStartSeconds"))
                    writer.uint32(/* id 3, wireType 5 =*/29).fixed32(message.windowStartSeconds);
                if (message.windowSeconds != null && $Object.hasOwnProperty.call(message, "windowSeconds"))
                    writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.windowSeconds);
                if (message.countIn != null && $Object.hasOwnProperty.call(message, "countIn"))
                    $root.lintel.v1.Count.encode(message.countIn, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.countOut != null && $Object.hasOwnProperty.call(message, "countOut"))
                    $root.lintel.v1.Count.encode(message.countOut, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.coveragePercent != null && $Object.hasOwnProperty.call(message, "coveragePercent"))
                    writer.uint32(/* id 7, wireType 5 =*/61).fixed32(message.coveragePercent);
                if (message.noiseDeviationThousandths != null && $Object.hasOwnProperty.call(message, "noiseDeviationThousandths"))
                    writer.uint32(/* id 8, wireType 5 =*/69).fixed32(message.noiseDeviationThousandths);
                if (message.suppressBelow != null && $Object.hasOwnProperty.call(message, "suppressBelow"))
                    writer.uint32(/* id 9, wireType 5 =*/77).fixed32(message.suppressBelow);
                if (message.budgetNumerator != null && $Object.hasOwnProperty.call(message, "budgetNumerator"))
                    writer.uint32(/* id 10, wireType 5 =*/85).fixed32(message.budgetNumerator);
                if (message.budgetDenominator != null && $Object.hasOwnProperty.call(message, "budgetDenominator"))
                    writer.uint32(/* id 11, wireType 5 =*/93).fixed32(message.budgetDenominator);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.publicKey);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Report message from the specified reader or buffer.
             * @function decode
             * @memberof lintel.v1.Report
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {lintel.v1.Report & lintel.v1.Report.$Shape} Report
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Report.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.lintel.v1.Report();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 5)
                                break;
                            message.schemaVersion = reader.fixed32();
                            message._schemaVersion = "schemaVersion";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.level = reader.int32();
                            message._level = "level";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 5)
                                break;
                            message.windowStartSeconds = reader.fixed32();
                            message._windowStartSeconds = "windowStartSeconds";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            message.windowSeconds = reader.fixed32();
                            message._windowSeconds = "windowSeconds";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.countIn = $root.lintel.v1.Count.decode(reader, reader.size(), $undefined, _depth + 1, message.countIn);
                            message._countIn = "countIn";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.countOut = $root.lintel.v1.Count.decode(reader, reader.size(), $undefined, _depth + 1, message.countOut);
                            message._countOut = "countOut";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 5)
                                break;
                            message.coveragePercent = reader.fixed32();
                            message._coveragePercent = "coveragePercent";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 5)
                                break;
                            message.noiseDeviationThousandths = reader.fixed32();
                            message._noiseDeviationThousandths = "noiseDeviationThousandths";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 5)
                                break;
                            message.suppressBelow = reader.fixed32();
                            message._suppressBelow = "suppressBelow";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 5)
                                break;
                            message.budgetNumerator = reader.fixed32();
                            message._budgetNumerator = "budgetNumerator";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 5)
                                break;
                            message.budgetDenominator = reader.fixed32();
                            message._budgetDenominator = "budgetDenominator";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            message._publicKey = "publicKey";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.signature = reader.bytes();
                            message._signature = "signature";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Report;
        })();

        /**
         * State enum.
         * @name lintel.v1.State
         * @enum {number}
         * @property {number} STATE_UNSPECIFIED=0 STATE_UNSPECIFIED value
         * @property {number} STATE_RUNNING=1 STATE_RUNNING value
         * @property {number} STATE_FAULT_SIGN=2 STATE_FAULT_SIGN value
         * @property {number} STATE_FAULT_DEVICE=3 STATE_FAULT_DEVICE value
         * @property {number} STATE_FAULT_MODEL=4 STATE_FAULT_MODEL value
         * @property {number} STATE_LOST=5 STATE_LOST value
         */
        v1.State = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "STATE_RUNNING"] = 1;
            values[valuesById[2] = "STATE_FAULT_SIGN"] = 2;
            values[valuesById[3] = "STATE_FAULT_DEVICE"] = 3;
            values[valuesById[4] = "STATE_FAULT_MODEL"] = 4;
            values[valuesById[5] = "STATE_LOST"] = 5;
            return values;
        })();

        /**
         * Sense enum.
         * @name lintel.v1.Sense
         * @enum {number}
         * @property {number} SENSE_UNSPECIFIED=0 SENSE_UNSPECIFIED value
         * @property {number} SENSE_WIRED=1 SENSE_WIRED value
         * @property {number} SENSE_READ_BACK=2 SENSE_READ_BACK value
         */
        v1.Sense = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SENSE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SENSE_WIRED"] = 1;
            values[valuesById[2] = "SENSE_READ_BACK"] = 2;
            return values;
        })();

        v1.Version = (function() {

            /**
             * Properties of a Version.
             * @typedef {Object} lintel.v1.Version.$Properties
             * @property {number|null} [major] Version major
             * @property {number|null} [minor] Version minor
             * @property {number|null} [patch] Version patch
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Version.
             * @memberof lintel.v1
             * @interface IVersion
             * @augments lintel.v1.Version.$Properties
             * @deprecated Use lintel.v1.Version.$Properties instead.
             */

            /**
             * Shape of a Version.
             * @typedef {lintel.v1.Version.$Properties} lintel.v1.Version.$Shape
             */

            /**
             * Constructs a new Version.
             * @memberof lintel.v1
             * @classdesc Represents a Version.
             * @constructor
             * @param {lintel.v1.Version.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Version = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Version major.
             * @member {number|null|undefined} major
             * @memberof lintel.v1.Version
             * @instance
             */
            Version.prototype.major = null;

            /**
             * Version minor.
             * @member {number|null|undefined} minor
             * @memberof lintel.v1.Version
             * @instance
             */
            Version.prototype.minor = null;

            /**
             * Version patch.
             * @member {number|null|undefined} patch
             * @memberof lintel.v1.Version
             * @instance
             */
            Version.prototype.patch = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Version.prototype, "_major", {
                get: $util.oneOfGetter($oneOfFields = ["major"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Version.prototype, "_minor", {
                get: $util.oneOfGetter($oneOfFields = ["minor"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Version.prototype, "_patch", {
                get: $util.oneOfGetter($oneOfFields = ["patch"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Version message. Does not implicitly {@link lintel.v1.Version.verify|verify} messages.
             * @function encode
             * @memberof lintel.v1.Version
             * @static
             * @param {lintel.v1.Version.$Properties} message Version message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Version.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.major != null && $Object.hasOwnProperty.call(message, "major"))
                    writer.uint32(/* id 1, wireType 5 =*/13).fixed32(message.major);
                if (message.minor != null && $Object.hasOwnProperty.call(message, "minor"))
                    writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.minor);
                if (message.patch != null && $Object.hasOwnProperty.call(message, "patch"))
                    writer.uint32(/* id 3, wireType 5 =*/29).fixed32(message.patch);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Version message from the specified reader or buffer.
             * @function decode
             * @memberof lintel.v1.Version
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {lintel.v1.Version & lintel.v1.Version.$Shape} Version
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Version.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.lintel.v1.Version();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 5)
                                break;
                            message.major = reader.fixed32();
                            message._major = "major";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 5)
                                break;
                            message.minor = reader.fixed32();
                            message._minor = "minor";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 5)
                                break;
                            message.patch = reader.fixed32();
                            message._patch = "patch";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Version;
        })();

        v1.Status = (function() {

            /**
             * Properties of a Status.
             * @typedef {Object} lintel.v1.Status.$Properties
             * @property {number|null} [schemaVersion] Status schemaVersion
             * @property {lintel.v1.State|null} [state] Status state
             * @property {lintel.v1.Sense|null} [sense] Status sense
             * @property {number|null} [timeSeconds] Status timeSeconds
             * @property {lintel.v1.Version.$Properties|null} [software] Status software
             * @property {Uint8Array|null} [modelsSha256] Status modelsSha256
             * @property {Uint8Array|null} [settingsSha256] Status settingsSha256
             * @property {number|null} [evidenceRecords] Status evidenceRecords
             * @property {Uint8Array|null} [evidenceRootSha256] Status evidenceRootSha256
             * @property {Uint8Array|null} [publicKey] Status publicKey
             * @property {Uint8Array|null} [signature] Status signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Status.
             * @memberof lintel.v1
             * @interface IStatus
             * @augments lintel.v1.Status.$Properties
             * @deprecated Use lintel.v1.Status.$Properties instead.
             */

            /**
             * Shape of a Status.
             * @typedef {lintel.v1.Status.$Properties} lintel.v1.Status.$Shape
             */

            /**
             * Constructs a new Status.
             * @memberof lintel.v1
             * @classdesc Represents a Status.
             * @constructor
             * @param {lintel.v1.Status.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Status = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Status schemaVersion.
             * @member {number|null|undefined} schemaVersion
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.schemaVersion = null;

            /**
             * Status state.
             * @member {lintel.v1.State|null|undefined} state
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.state = null;

            /**
             * Status sense.
             * @member {lintel.v1.Sense|null|undefined} sense
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.sense = null;

            /**
             * Status timeSeconds.
             * @member {number|null|undefined} timeSeconds
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.timeSeconds = null;

            /**
             * Status software.
             * @member {lintel.v1.Version.$Properties|null|undefined} software
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.software = null;

            /**
             * Status modelsSha256.
             * @member {Uint8Array|null|undefined} modelsSha256
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.modelsSha256 = null;

            /**
             * Status settingsSha256.
             * @member {Uint8Array|null|undefined} settingsSha256
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.settingsSha256 = null;

            /**
             * Status evidenceRecords.
             * @member {number|null|undefined} evidenceRecords
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.evidenceRecords = null;

            /**
             * Status evidenceRootSha256.
             * @member {Uint8Array|null|undefined} evidenceRootSha256
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.evidenceRootSha256 = null;

            /**
             * Status publicKey.
             * @member {Uint8Array|null|undefined} publicKey
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.publicKey = null;

            /**
             * Status signature.
             * @member {Uint8Array|null|undefined} signature
             * @memberof lintel.v1.Status
             * @instance
             */
            Status.prototype.signature = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_schemaVersion", {
                get: $util.oneOfGetter($oneOfFields = ["schemaVersion"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_state", {
                get: $util.oneOfGetter($oneOfFields = ["state"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_sense", {
                get: $util.oneOfGetter($oneOfFields = ["sense"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_timeSeconds", {
                get: $util.oneOfGetter($oneOfFields = ["timeSeconds"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_software", {
                get: $util.oneOfGetter($oneOfFields = ["software"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_modelsSha256", {
                get: $util.oneOfGetter($oneOfFields = ["modelsSha256"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_settingsSha256", {
                get: $util.oneOfGetter($oneOfFields = ["settingsSha256"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_evidenceRecords", {
                get: $util.oneOfGetter($oneOfFields = ["evidenceRecords"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_evidenceRootSha256", {
                get: $util.oneOfGetter($oneOfFields = ["evidenceRootSha256"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_publicKey", {
                get: $util.oneOfGetter($oneOfFields = ["publicKey"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Status.prototype, "_signature", {
                get: $util.oneOfGetter($oneOfFields = ["signature"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Status message. Does not implicitly {@link lintel.v1.Status.verify|verify} messages.
             * @function encode
             * @memberof lintel.v1.Status
             * @static
             * @param {lintel.v1.Status.$Properties} message Status message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Status.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.schemaVersion != null && $Object.hasOwnProperty.call(message, "schemaVersion"))
                    writer.uint32(/* id 1, wireType 5 =*/13).fixed32(message.schemaVersion);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.state);
                if (message.sense != null && $Object.hasOwnProperty.call(message, "sense"))
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.sense);
                if (message.timeSeconds != null && $Object.hasOwnProperty.call(message, "timeSeconds"))
                    writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.timeSeconds);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software"))
                    $root.lintel.v1.Version.encode(message.software, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.modelsSha256 != null && $Object.hasOwnProperty.call(message, "modelsSha256"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.modelsSha256);
                if (message.settingsSha256 != null && $Object.hasOwnProperty.call(message, "settingsSha256"))
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.settingsSha256);
                if (message.evidenceRecords != null && $Object.hasOwnProperty.call(message, "evidenceRecords"))
                    writer.uint32(/* id 8, wireType 5 =*/69).fixed32(message.evidenceRecords);
                if (message.evidenceRootSha256 != null && $Object.hasOwnProperty.call(message, "evidenceRootSha256"))
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.evidenceRootSha256);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey"))
                    writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.publicKey);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @function decode
             * @memberof lintel.v1.Status
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {lintel.v1.Status & lintel.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Status.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.lintel.v1.Status();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 5)
                                break;
                            message.schemaVersion = reader.fixed32();
                            message._schemaVersion = "schemaVersion";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.state = reader.int32();
                            message._state = "state";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.sense = reader.int32();
                            message._sense = "sense";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            message.timeSeconds = reader.fixed32();
                            message._timeSeconds = "timeSeconds";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.software = $root.lintel.v1.Version.decode(reader, reader.size(), $undefined, _depth + 1, message.software);
                            message._software = "software";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.modelsSha256 = reader.bytes();
                            message._modelsSha256 = "modelsSha256";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.settingsSha256 = reader.bytes();
                            message._settingsSha256 = "settingsSha256";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 5)
                                break;
                            message.evidenceRecords = reader.fixed32();
                            message._evidenceRecords = "evidenceRecords";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.evidenceRootSha256 = reader.bytes();
                            message._evidenceRootSha256 = "evidenceRootSha256";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            message._publicKey = "publicKey";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.signature = reader.bytes();
                            message._signature = "signature";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Status;
        })();

        return v1;
    })();

    return lintel;
})();

export {
  $root as default
};
