/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["sparkplug"] || ($protobuf.roots["sparkplug"] = {});

export const sparkplug = $root.sparkplug = (() => {

    /**
     * Namespace sparkplug.
     * @exports sparkplug
     * @namespace
     */
    const sparkplug = {};

    sparkplug.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof sparkplug
         * @namespace
         */
        const v1 = {};

        v1.Payload = (function() {

            /**
             * Properties of a Payload.
             * @typedef {Object} sparkplug.v1.Payload.$Properties
             * @property {number|Long|null} [timestamp] Payload timestamp
             * @property {Array.<sparkplug.v1.Metric.$Properties>|null} [metrics] Payload metrics
             * @property {number|Long|null} [seq] Payload seq
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Payload.
             * @memberof sparkplug.v1
             * @interface IPayload
             * @augments sparkplug.v1.Payload.$Properties
             * @deprecated Use sparkplug.v1.Payload.$Properties instead.
             */

            /**
             * Shape of a Payload.
             * @typedef {{
             *   timestamp?: number|Long|null;
             *   metrics?: Array.<sparkplug.v1.Metric.$Shape>|null;
             *   seq?: number|Long|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} sparkplug.v1.Payload.$Shape
             */

            /**
             * Constructs a new Payload.
             * @memberof sparkplug.v1
             * @classdesc Represents a Payload.
             * @constructor
             * @param {sparkplug.v1.Payload.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Payload = function (properties) {
                this.metrics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Payload timestamp.
             * @member {number|Long|null|undefined} timestamp
             * @memberof sparkplug.v1.Payload
             * @instance
             */
            Payload.prototype.timestamp = null;

            /**
             * Payload metrics.
             * @member {Array.<sparkplug.v1.Metric.$Properties>} metrics
             * @memberof sparkplug.v1.Payload
             * @instance
             */
            Payload.prototype.metrics = $util.emptyArray;

            /**
             * Payload seq.
             * @member {number|Long|null|undefined} seq
             * @memberof sparkplug.v1.Payload
             * @instance
             */
            Payload.prototype.seq = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Payload.prototype, "_timestamp", {
                get: $util.oneOfGetter($oneOfFields = ["timestamp"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Payload.prototype, "_seq", {
                get: $util.oneOfGetter($oneOfFields = ["seq"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Payload message. Does not implicitly {@link sparkplug.v1.Payload.verify|verify} messages.
             * @function encode
             * @memberof sparkplug.v1.Payload
             * @static
             * @param {sparkplug.v1.Payload.$Properties} message Payload message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Payload.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.timestamp);
                if (message.metrics != null && message.metrics.length)
                    for (let i = 0; i < message.metrics.length; ++i)
                        $root.sparkplug.v1.Metric.encode(message.metrics[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.seq != null && $Object.hasOwnProperty.call(message, "seq"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.seq);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Payload message from the specified reader or buffer.
             * @function decode
             * @memberof sparkplug.v1.Payload
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sparkplug.v1.Payload & sparkplug.v1.Payload.$Shape} Payload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Payload.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.sparkplug.v1.Payload();
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
                            message.timestamp = reader.uint64();
                            message._timestamp = "timestamp";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.metrics && message.metrics.length))
                                message.metrics = [];
                            message.metrics.push($root.sparkplug.v1.Metric.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.seq = reader.uint64();
                            message._seq = "seq";
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

            return Payload;
        })();

        v1.Metric = (function() {

            /**
             * Properties of a Metric.
             * @typedef {Object} sparkplug.v1.Metric.$Properties
             * @property {string|null} [name] Metric name
             * @property {number|Long|null} [timestamp] Metric timestamp
             * @property {number|null} [datatype] Metric datatype
             * @property {boolean|null} [isHistorical] Metric isHistorical
             * @property {boolean|null} [isTransient] Metric isTransient
             * @property {boolean|null} [isNull] Metric isNull
             * @property {number|Long|null} [longValue] Metric longValue
             * @property {number|null} [doubleValue] Metric doubleValue
             * @property {boolean|null} [booleanValue] Metric booleanValue
             * @property {string|null} [stringValue] Metric stringValue
             * @property {Uint8Array|null} [bytesValue] Metric bytesValue
             * @property {"longValue"|"doubleValue"|"booleanValue"|"stringValue"|"bytesValue"} [value] Metric value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Metric.
             * @memberof sparkplug.v1
             * @interface IMetric
             * @augments sparkplug.v1.Metric.$Properties
             * @deprecated Use sparkplug.v1.Metric.$Properties instead.
             */

            /**
             * Narrowed shape of a Metric.
             * @typedef {{
             *   name?: string|null;
             *   timestamp?: number|Long|null;
             *   datatype?: number|null;
             *   isHistorical?: boolean|null;
             *   isTransient?: boolean|null;
             *   isNull?: boolean|null;
             *   longValue?: number|Long|null;
             *   doubleValue?: number|null;
             *   booleanValue?: boolean|null;
             *   stringValue?: string|null;
             *   bytesValue?: Uint8Array|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ value?: undefined; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "longValue"; longValue: number|Long; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "doubleValue"; longValue?: null; doubleValue: number; booleanValue?: null; stringValue?: null; bytesValue?: null }|{ value?: "booleanValue"; longValue?: null; doubleValue?: null; booleanValue: boolean; stringValue?: null; bytesValue?: null }|{ value?: "stringValue"; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue: string; bytesValue?: null }|{ value?: "bytesValue"; longValue?: null; doubleValue?: null; booleanValue?: null; stringValue?: null; bytesValue: Uint8Array })
             * )} sparkplug.v1.Metric.$Shape
             */

            /**
             * Constructs a new Metric.
             * @memberof sparkplug.v1
             * @classdesc Represents a Metric.
             * @constructor
             * @param {sparkplug.v1.Metric.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Metric = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Metric name.
             * @member {string|null|undefined} name
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.name = null;

            /**
             * Metric timestamp.
             * @member {number|Long|null|undefined} timestamp
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.timestamp = null;

            /**
             * Metric datatype.
             * @member {number|null|undefined} datatype
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.datatype = null;

            /**
             * Metric isHistorical.
             * @member {boolean|null|undefined} isHistorical
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.isHistorical = null;

            /**
             * Metric isTransient.
             * @member {boolean|null|undefined} isTransient
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.isTransient = null;

            /**
             * Metric isNull.
             * @member {boolean|null|undefined} isNull
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.isNull = null;

            /**
             * Metric longValue.
             * @member {number|Long|null|undefined} longValue
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.longValue = null;

            /**
             * Metric doubleValue.
             * @member {number|null|undefined} doubleValue
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.doubleValue = null;

            /**
             * Metric booleanValue.
             * @member {boolean|null|undefined} booleanValue
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.booleanValue = null;

            /**
             * Metric stringValue.
             * @member {string|null|undefined} stringValue
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.stringValue = null;

            /**
             * Metric bytesValue.
             * @member {Uint8Array|null|undefined} bytesValue
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            Metric.prototype.bytesValue = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_timestamp", {
                get: $util.oneOfGetter($oneOfFields = ["timestamp"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_datatype", {
                get: $util.oneOfGetter($oneOfFields = ["datatype"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_isHistorical", {
                get: $util.oneOfGetter($oneOfFields = ["isHistorical"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_isTransient", {
                get: $util.oneOfGetter($oneOfFields = ["isTransient"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Metric.prototype, "_isNull", {
                get: $util.oneOfGetter($oneOfFields = ["isNull"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Metric value.
             * @member {"longValue"|"doubleValue"|"booleanValue"|"stringValue"|"bytesValue"|undefined} value
             * @memberof sparkplug.v1.Metric
             * @instance
             */
            $Object.defineProperty(Metric.prototype, "value", {
                get: $util.oneOfGetter($oneOfFields = ["longValue", "doubleValue", "booleanValue", "stringValue", "bytesValue"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Metric message. Does not implicitly {@link sparkplug.v1.Metric.verify|verify} messages.
             * @function encode
             * @memberof sparkplug.v1.Metric
             * @static
             * @param {sparkplug.v1.Metric.$Properties} message Metric message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Metric.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.timestamp);
                if (message.datatype != null && $Object.hasOwnProperty.call(message, "datatype"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.datatype);
                if (message.isHistorical != null && $Object.hasOwnProperty.call(message, "isHistorical"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.isHistorical);
                if (message.isTransient != null && $Object.hasOwnProperty.call(message, "isTransient"))
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.isTransient);
                if (message.isNull != null && $Object.hasOwnProperty.call(message, "isNull"))
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.isNull);
                if (message.longValue != null && $Object.hasOwnProperty.call(message, "longValue"))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.longValue);
                if (message.doubleValue != null && $Object.hasOwnProperty.call(message, "doubleValue"))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.doubleValue);
                if (message.booleanValue != null && $Object.hasOwnProperty.call(message, "booleanValue"))
                    writer.uint32(/* id 14, wireType 0 =*/112).bool(message.booleanValue);
                if (message.stringValue != null && $Object.hasOwnProperty.call(message, "stringValue"))
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.stringValue);
                if (message.bytesValue != null && $Object.hasOwnProperty.call(message, "bytesValue"))
                    writer.uint32(/* id 16, wireType 2 =*/130).bytes(message.bytesValue);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Metric message from the specified reader or buffer.
             * @function decode
             * @memberof sparkplug.v1.Metric
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {sparkplug.v1.Metric & sparkplug.v1.Metric.$Shape} Metric
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Metric.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.sparkplug.v1.Metric();
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
                            if (wireType !== 2)
                                break;
                            message.name = reader.stringVerify();
                            message._name = "name";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.timestamp = reader.uint64();
                            message._timestamp = "timestamp";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.datatype = reader.uint32();
                            message._datatype = "datatype";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.isHistorical = reader.bool();
                            message._isHistorical = "isHistorical";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.isTransient = reader.bool();
                            message._isTransient = "isTransient";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.isNull = reader.bool();
                            message._isNull = "isNull";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            message.longValue = reader.uint64();
                            message.value = "longValue";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            message.doubleValue = reader.double();
                            message.value = "doubleValue";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            message.booleanValue = reader.bool();
                            message.value = "booleanValue";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.stringValue = reader.stringVerify();
                            message.value = "stringValue";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.bytesValue = reader.bytes();
                            message.value = "bytesValue";
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

            return Metric;
        })();

        return v1;
    })();

    return sparkplug;
})();

export {
  $root as default
};
