extension CalibrationEvidence {
    private static let version: UInt8 = 1
    /// A bin that holds less says nothing.
    private static let least = 1e-6
    private static let largest = 1e9

    /// As bytes for the store: a version, then for each bin that holds something its number and two floats, little
    /// endian. Nine bytes a bin, at most 865. Rounded to 24 bits of mantissa.
    package var encoded: [UInt8] {
        var bytes = [Self.version]
        for bin in 0..<ScoreBins.count where right[bin] > Self.least || wrong[bin] > Self.least {
            bytes.append(UInt8(bin))
            for value in [right[bin], wrong[bin]] {
                let bits = Float(value).bitPattern
                for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
        }
        return bytes
    }

    /// What ``encoded`` wrote; nil for another version, bins out of order, cut bytes, or counts that none can be.
    package init?(encoded bytes: [UInt8]) {
        self.init()
        guard bytes.first == Self.version, (bytes.count - 1) % 9 == 0 else { return nil }
        var last = -1
        for start in stride(from: 1, to: bytes.count, by: 9) {
            let bin = Int(bytes[start])
            guard bin > last, bin < ScoreBins.count, let right = Self.value(bytes[start + 1..<start + 5]),
                let wrong = Self.value(bytes[start + 5..<start + 9])
            else { return nil }
            set(bin, right: right, wrong: wrong)
            last = bin
        }
    }

    private static func value(_ bytes: ArraySlice<UInt8>) -> Double? {
        let bits = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let value = Double(Float(bitPattern: bits))
        return value >= 0 && value <= largest ? value : nil
    }
}
