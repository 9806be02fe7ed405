import Testing
import VectorMath

@testable import Embedding

/// A backend to hold against the reference; nil as format is BLAS.
struct ModelBackend: CustomTestStringConvertible {
    let format: NumberFormat?
    let features: ProcessorFeatures

    /// BLAS, and what this processor and lesser ones would run.
    static let all: [ModelBackend] = {
        let here = ProcessorFeatures.current
        var all = [ModelBackend(format: nil, features: here)]
        if here.contains(.avx2) { all.append(ModelBackend(format: .f32, features: .avx2)) }
        if here.contains(.avx512) { all.append(ModelBackend(format: .f32, features: here)) }
        if here.contains(.bf16) { all.append(ModelBackend(format: .bf16, features: here)) }
        if here.contains(.vnni) { all.append(ModelBackend(format: .int8, features: here)) }
        return all
    }()

    var name: String {
        format.map { "\($0.rawValue) \(EncoderKernels(features: features).instructionSet)" } ?? "f32 blas"
    }

    var testDescription: String { name }

    /// To the published vectors, over all texts.
    var leastCosine: Float {
        switch format {
        case nil, .f32: 0.9999
        case .bf16: 0.999
        case .int8: 0.99
        }
    }

    func make(_ model: LocalModel) -> (any EncoderBackend)? {
        guard let format else { return BLASBackend(model.weights) }
        let ranges = ActivationRanges.measure(model.weights, texts: BackendChoice.probes(of: model)).ranges
        return PackedBackend(model.weights, format: format, ranges: ranges, features: features)
    }
}
