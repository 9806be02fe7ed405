package import GatewayCore

/// The calibrations that are known, by the encoder they were learned with. Read from a file of JSON:
/// `{"calibrations": [{"encoder", "fingerprint"?, "dimension", "intercept", "closeness", "odds", "provenance"}]}`.
///
/// Cosines of two encoders mean different things, so there is no calibration that would do for any.
package struct CalibrationTable: Sendable, Equatable {
    /// The calibration for one encoder.
    package struct Row: Sendable, Equatable {
        /// The encoder's name.
        package let encoder: String
        /// Of the encoder's weights; empty for any encoder of the name and dimension.
        package let fingerprint: String
        package let dimension: Int
        package let calibration: MatchCalibration
        /// What it was learned on, how, and under which licences.
        package let provenance: String

        package init(encoder: EncoderIdentity, calibration: MatchCalibration, provenance: String) {
            self.init(
                encoder: encoder.name, fingerprint: encoder.fingerprint, dimension: encoder.dimension,
                calibration: calibration, provenance: provenance)
        }

        init(
            encoder: String, fingerprint: String, dimension: Int, calibration: MatchCalibration, provenance: String
        ) {
            self.encoder = encoder
            self.fingerprint = fingerprint
            self.dimension = dimension
            self.calibration = calibration
            self.provenance = provenance
        }
    }

    /// What comes with the program: that of config/calibrations.json.
    package static let shipped = CalibrationTable(rows: [
        Row(
            encoder: "all-MiniLM-L6-v2", fingerprint: "", dimension: 384, calibration: .miniLM,
            provenance: "Ridge logistic over replays of banking77 and nlupp (PolyAI, CC BY 4.0) and clinc150 "
                + "(Larson et al., CC BY 3.0), each set counting the same; see docs/decisions/0023")
    ])

    package private(set) var rows: [Row]

    package init(rows: [Row] = []) { self.rows = rows }

    /// The calibration learned with this encoder, that of its very weights first.
    /// - Throws: `noCalibration` if there is none: then likeness may only be judged by a plain threshold.
    package func calibration(for encoder: EncoderIdentity) throws(CalibrationError) -> MatchCalibration {
        let named = rows.filter { $0.encoder == encoder.name && $0.dimension == encoder.dimension }
        let found = named.last { $0.fingerprint == encoder.fingerprint } ?? named.last { $0.fingerprint.isEmpty }
        guard let found else {
            let known = rows.map { "\($0.encoder)#\($0.fingerprint)/\($0.dimension)" }.joined(separator: ", ")
            throw CalibrationError(
                .noCalibration,
                "no calibration for the encoder \(encoder); known are: \(known.isEmpty ? "none" : known). "
                    + "Either make one with 'refrain cache calibrate' and name its file in cache.calibrations, or set "
                    + "cache.threshold (and threshold of routes), a cosine, in place of max_wrong_hits")
        }
        return found.calibration
    }

    /// Adds a row in place of one for the same encoder.
    package mutating func set(_ row: Row) {
        rows.removeAll {
            $0.encoder == row.encoder && $0.fingerprint == row.fingerprint && $0.dimension == row.dimension
        }
        rows.append(row)
    }
}
