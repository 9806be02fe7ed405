import GatewayCore
package import NIOCore

extension CalibrationTable {
    /// - Throws: `malformed`, with the place in the file.
    package init(json: ByteBuffer) throws(CalibrationError) {
        let root: JSONElement
        do {
            root = try JSONDocument(json).root
        } catch {
            throw CalibrationError(.malformed, "the table of calibrations is no JSON: \(error)")
        }
        guard let list = root["calibrations"], list.kind == .array else {
            throw CalibrationError(.malformed, "the table of calibrations must have an array \"calibrations\"")
        }
        var rows: [Row] = []
        for element in list.elements { rows.append(try Self.row(element, number: rows.count + 1)) }
        self.init(rows: rows)
    }

    private static func row(_ element: JSONElement, number: Int) throws(CalibrationError) -> Row {
        func mistake(_ name: String, _ expected: String) -> CalibrationError {
            CalibrationError(.malformed, "calibration \(number): \"\(name)\" must be \(expected)")
        }
        func weight(_ name: String) throws(CalibrationError) -> Double {
            guard let value = element[name]?.double, value.isFinite else { throw mistake(name, "a number") }
            return value
        }
        guard let encoder = element["encoder"]?.string, !encoder.isEmpty else {
            throw mistake("encoder", "the encoder's name")
        }
        guard let dimension = element["dimension"]?.integer, dimension > 0 else {
            throw mistake("dimension", "the length of its vectors")
        }
        guard let provenance = element["provenance"]?.string else {
            throw mistake("provenance", "a text that says what it was learned on")
        }
        return Row(
            encoder: encoder, fingerprint: element["fingerprint"]?.string ?? "", dimension: dimension,
            calibration: MatchCalibration(
                intercept: try weight("intercept"), closeness: try weight("closeness"), odds: try weight("odds")),
            provenance: provenance)
    }

    /// The table as a file that people may read, a line for each value.
    package var json: ByteBuffer {
        var json = ByteBuffer()
        json.writeString("{\n  \"calibrations\": [")
        for (place, row) in rows.enumerated() {
            json.writeString(place == 0 ? "\n    {\n" : ",\n    {\n")
            for (name, text) in [("encoder", row.encoder), ("fingerprint", row.fingerprint)] {
                json.writeString("      \"\(name)\": ")
                json.writeJSONString(text)
                json.writeString(",\n")
            }
            json.writeString("      \"dimension\": \(row.dimension),\n")
            let weights = row.calibration
            for (name, value) in [
                ("intercept", weights.intercept), ("closeness", weights.closeness), ("odds", weights.odds),
            ] {
                json.writeString("      \"\(name)\": \(value),\n")
            }
            json.writeString("      \"provenance\": ")
            json.writeJSONString(row.provenance)
            json.writeString("\n    }")
        }
        json.writeString("\n  ]\n}\n")
        return json
    }
}
