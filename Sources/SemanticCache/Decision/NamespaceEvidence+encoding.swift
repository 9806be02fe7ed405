extension NamespaceEvidence {
    private static let version: UInt8 = 1
    private static let largest: Float = 1e9

    /// As bytes for the store, little endian: a version, the cautions, the scores behind their length, then each group
    /// in sixteen bytes. About a kilobyte, and 131 KB more when all groups are taken.
    package var encoded: [UInt8] {
        let scores = scores.encoded
        var bytes: [UInt8] = [Self.version, UInt8(cautions.count)]
        for caution in cautions { Self.append(caution, to: &bytes) }
        Self.append(UInt64(scores.count), length: 2, to: &bytes)
        bytes += scores
        for (group, evidence) in groups.sorted(by: { $0.key < $1.key }) {
            Self.append(group, length: 8, to: &bytes)
            Self.append(evidence, to: &bytes)
        }
        return bytes
    }

    /// What ``encoded`` wrote; nil for another version, cut or added bytes, groups out of order, or no possible sums.
    package init?(encoded bytes: [UInt8]) {
        var reader = FeatureReader(bytes: bytes)
        guard reader.byte() == Self.version, reader.byte() == UInt8(GuardReason.allCases.count) else { return nil }
        var cautions: [OffsetEvidence] = []
        for _ in GuardReason.allCases {
            guard let caution = Self.offset(&reader) else { return nil }
            cautions.append(caution)
        }
        guard let length = reader.integer(2) else { return nil }
        var inner: [UInt8] = []
        for _ in 0..<length {
            guard let byte = reader.byte() else { return nil }
            inner.append(byte)
        }
        guard let scores = CalibrationEvidence(encoded: inner) else { return nil }
        var groups: [UInt64: OffsetEvidence] = [:]
        var last: UInt64?
        while !reader.isAtEnd {
            guard groups.count < Self.groupLimit, let group = reader.integer(8), last.map({ $0 < group }) ?? true,
                let evidence = Self.offset(&reader)
            else { return nil }
            groups[group] = evidence
            last = group
        }
        self.init(scores: scores, groups: groups, cautions: cautions)
    }

    private static func append(_ evidence: OffsetEvidence, to bytes: inout [UInt8]) {
        for value in [evidence.residual, evidence.information] {
            append(UInt64(Float(value).bitPattern), length: 4, to: &bytes)
        }
    }

    private static func append(_ value: UInt64, length: Int, to bytes: inout [UInt8]) {
        for index in 0..<length { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
    }

    private static func offset(_ reader: inout FeatureReader) -> OffsetEvidence? {
        guard let residual = float(&reader), let information = float(&reader), information >= 0 else { return nil }
        return OffsetEvidence(residual: Double(residual), information: Double(information))
    }

    private static func float(_ reader: inout FeatureReader) -> Float? {
        guard let bits = reader.integer(4) else { return nil }
        let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
        return abs(value) <= largest ? value : nil
    }
}
