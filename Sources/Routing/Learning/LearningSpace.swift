package import GatewayCore

/// Brings requests into the few dimensions in which a route learns.
///
/// An embedding of hundreds of numbers would need as many judgments before anything was learned. A projection on random
/// signs keeps distances nearly (Johnson and Lindenstrauss 1984; with signs Achlioptas 2003), and needs no training.
package struct LearningSpace: Sendable {
    /// Says what sums of another encoder or another version must not be added to.
    package let name: String
    private let dimension: Int
    /// A row of ±1/√32 for each component of an embedding, in four groups.
    private let signs: [SIMD8<Float>]

    /// Never changes while anything learned exists: it decides what the sums mean.
    private static let version = 1

    package init(encoder: EncoderIdentity) {
        let identity = "\(encoder.name)\n\(encoder.fingerprint)\n\(encoder.dimension)"
        name = "\(Self.version)-\(String(StableHash.of(identity), radix: 16))"
        // SplitMix64 (Steele, Lea and Flood 2014) from a fixed seed: the same in every replica.
        var state: UInt64 = 0x7265_6672_6169_6E21
        let scale = 1 / Float(LearningFeatures.projected).squareRoot()
        dimension = max(encoder.dimension, 0)
        signs = (0..<dimension).flatMap { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            bits ^= bits >> 31
            return (0..<4).map { group in
                var row = SIMD8<Float>.zero
                for lane in 0..<8 { row[lane] = (bits >> UInt64(group * 8 + lane)) & 1 == 0 ? scale : -scale }
                return row
            }
        }
    }

    /// Nil for an embedding of another dimension. Some 1 µs for 384 components.
    /// - Parameters:
    ///   - complexity: of the request, 0 to 1.
    ///   - tier: the one that the stages of the choice wanted, from the weakest, 0, to the strongest, 1.
    ///   - bytes: of its text.
    package func features(
        of embedding: EmbeddingVector, complexity: Float, tier: Float, bytes: Int
    ) -> LearningFeatures? {
        guard embedding.dimension == dimension, dimension > 0 else { return nil }
        // Four groups of eight in hand: one of 32 lanes does not stay in registers.
        var (first, second) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (third, fourth) = (first, second)
        let components = embedding.components.span
        let rows = signs.span
        for index in 0..<dimension {
            let component = SIMD8<Float>(repeating: components[index])
            first += component * rows[index * 4]
            second += component * rows[index * 4 + 1]
            third += component * rows[index * 4 + 2]
            fourth += component * rows[index * 4 + 3]
        }
        var values = [Float](repeating: 0, count: LearningFeatures.dimension)
        for lane in 0..<8 {
            (values[lane], values[8 + lane]) = (first[lane], second[lane])
            (values[16 + lane], values[24 + lane]) = (third[lane], fourth[lane])
        }
        values[LearningFeatures.bias] = 1
        values[LearningFeatures.complexity] = complexity
        values[LearningFeatures.tier] = tier
        values[LearningFeatures.size] = Self.size(bytes)
        guard values.allSatisfy({ abs($0) <= LearningFeatures.limit }) else { return nil }
        return LearningFeatures(values)
    }

    /// The logarithm of a size, 0 for none and 1 for a mebibyte or more.
    private static func size(_ bytes: Int) -> Float {
        let bits = Int.bitWidth - max(bytes, 0).leadingZeroBitCount
        return Float(min(bits, 20)) / 20
    }
}
