package import VectorMath

/// The backend that runs a model, chosen at start: the fastest whose instructions the processor has and whose vectors
/// are close enough to the reference's.
///
/// The reference is 32-bit floats through BLAS. Each candidate encodes a few fixed texts beside it; one whose vectors
/// stray is passed over, so that a processor, a compiler or a model that does not go with it costs speed and not hits.
package struct BackendChoice: Sendable {
    package let backend: any EncoderBackend
    /// Why faster ones were passed over, one sentence each.
    package let refusals: [String]

    /// What the candidates are tried with: questions of several lengths, kinds and scripts.
    private static let probes = [
        "How do I reset my password?",
        "I was charged twice for order 10482 on 3 May; please refund 49.90 EUR to my card.",
        "¿Cuál es la capital de Australia?",
        "Explain the difference between TCP and UDP, when each is used, and why video calls prefer one of them.",
        "SELECT name FROM users WHERE id = 7;",
    ]

    /// Tries what suits the processor, which takes some 50 ms. Blocks.
    package init(_ model: LocalModel, precision: EncoderPrecision, features: ProcessorFeatures = .current) {
        let weights = model.weights
        let probes = Self.probes(of: model)
        let lack = Self.lacks(precision, features).map { [$0] } ?? []
        guard !Self.formats(precision, features).isEmpty else {
            self.init(from: [], reference: BLASBackend(weights), expected: [], probes: [], refusals: lack)
            return
        }
        let (ranges, expected) = ActivationRanges.measure(weights, texts: probes)
        self.init(
            from: Self.candidates(weights, ranges, precision: precision, features: features),
            reference: BLASBackend(weights), expected: expected, probes: probes, refusals: lack)
        // Packed weights have been read for the last time.
        weights.releasePages()
    }

    /// The first candidate whose vectors of all `probes` come close enough to the `expected` ones; the reference when
    /// none does.
    init(
        from candidates: [BackendCandidate], reference: any EncoderBackend, expected: [[Float]], probes: [[Int32]],
        refusals: [String] = []
    ) {
        var refusals = refusals
        let longest = probes.map(\.count).max() ?? 1
        let capacity = probes.reduce(0) { $0 + $1.count }
        for candidate in candidates {
            guard let backend = candidate.make() else {
                refusals.append("\(candidate.name) cannot run a model of this shape")
                continue
            }
            let found = backend.makeEncoder(tokenCapacity: capacity, longest: longest).encode(probes)
            let cosines = zip(expected, found).map { BLAS.dot($0, $1) }
            // Asked this way round, because a cosine that is not a number is below nothing.
            if let low = cosines.first(where: { !($0 >= candidate.leastCosine) }) {
                refusals.append(
                    "\(candidate.name) strays from the reference: cosine \(low), not \(candidate.leastCosine) or more")
                continue
            }
            self.backend = backend
            self.refusals = refusals
            return
        }
        self.backend = reference
        self.refusals = refusals
    }

    /// What the candidates are tried with, as tokens of `model`.
    static func probes(of model: LocalModel) -> [[Int32]] { probes.map { model.tokenizer.tokenize($0).ids } }

    /// The backends worth a try, the fastest first.
    private static func candidates(
        _ weights: BertWeights, _ ranges: ActivationRanges, precision: EncoderPrecision, features: ProcessorFeatures
    ) -> [BackendCandidate] {
        formats(precision, features).map { format in
            BackendCandidate(name: format.rawValue, leastCosine: leastCosine(format)) {
                PackedBackend(weights, format: format, ranges: ranges, features: features)
            }
        }
    }

    /// The formats worth a try on a processor with `features`, the fastest first; BLAS comes behind them.
    static func formats(_ precision: EncoderPrecision, _ features: ProcessorFeatures) -> [NumberFormat] {
        var formats: [NumberFormat] = []
        switch precision {
        case .auto, .int8: if features.contains(.vnni) { formats.append(.int8) }
        case .bf16: if features.contains(.bf16) { formats.append(.bf16) }
        case .f32: break
        }
        if features.contains(.avx512) || features.contains(.avx2) { formats.append(.f32) }
        return formats
    }

    private static func leastCosine(_ format: NumberFormat) -> Float {
        switch format {
        case .f32: 0.9999
        case .bf16: 0.998
        case .int8: 0.99
        }
    }

    private static func lacks(_ precision: EncoderPrecision, _ features: ProcessorFeatures) -> String? {
        switch precision {
        case .int8 where !features.contains(.vnni): "int8 needs AVX-512 VNNI, which this processor does not have"
        case .bf16 where !features.contains(.bf16): "bf16 needs AVX-512 BF16, which this processor does not have"
        default: nil
        }
    }
}
