import Testing

@testable import VectorMath

/// The kernels of one kind of processor, as far as this one can run them.
struct KernelLevel: CustomTestStringConvertible {
    let features: ProcessorFeatures

    static let all: [KernelLevel] = {
        let here = ProcessorFeatures.current
        var levels = [KernelLevel(features: [])]
        if here.contains(.avx2) { levels.append(KernelLevel(features: .avx2)) }
        if here.contains(.avx512) { levels.append(KernelLevel(features: here)) }
        return levels
    }()

    var kernels: EncoderKernels { EncoderKernels(features: features) }
    var testDescription: String { kernels.instructionSet }
}
