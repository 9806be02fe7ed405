import GatewayTesting
import Testing
import VectorMath

@testable import Embedding

@Suite("Choice of the encoder's backend")
struct BackendChoiceTests {
    /// Gives the reference's vectors after `damage`.
    private struct DamagedBackend: EncoderBackend {
        final class Damaged: BatchEncoder {
            let encoder: any BatchEncoder
            let damage: ([Float]) -> [Float]

            init(_ encoder: any BatchEncoder, _ damage: @escaping ([Float]) -> [Float]) {
                self.encoder = encoder
                self.damage = damage
            }

            func encode(_ texts: [[Int32]]) -> [[Float]] { encoder.encode(texts).map(damage) }
        }

        let name: String
        let reference: BLASBackend
        let damage: @Sendable ([Float]) -> [Float]

        func makeEncoder(tokenCapacity: Int, longest: Int) -> any BatchEncoder {
            Damaged(reference.makeEncoder(tokenCapacity: tokenCapacity, longest: longest), damage)
        }
    }

    private let probes: [[Int32]] = [[1, 2, 3], [4, 5, 6, 7, 8, 9], [10]]

    private func model() throws -> LocalModel {
        try ModelFolder.with(SafetensorsFixture.files()) { try LocalModel(directory: $0, maximumTokens: 32) }
    }

    private func vectors(_ backend: any EncoderBackend) -> [[Float]] {
        backend.makeEncoder(tokenCapacity: 32, longest: 32).encode(probes)
    }

    @Test("A backend whose vectors stray, vanish or are no numbers is passed over, with the reason")
    func fallback() throws {
        let reference = BLASBackend(try model().weights)
        let damages: [(String, @Sendable ([Float]) -> [Float])] = [
            ("turned", { Array($0.dropFirst()) + $0.prefix(1) }), ("negated", { $0.map { -$0 } }),
            ("zero", { $0.map { _ in 0 } }), ("absent", { $0.map { _ in .nan } }),
            ("half", { $0.enumerated().map { $0 % 2 == 0 ? $1 : 0 } }),
        ]
        let candidates = damages.map { name, damage in
            BackendCandidate(name: name, leastCosine: 0.99) {
                DamagedBackend(name: name, reference: reference, damage: damage)
            }
        }
        let choice = BackendChoice(
            from: candidates, reference: reference, expected: vectors(reference), probes: probes)
        #expect(choice.backend.name == reference.name)
        #expect(choice.refusals.count == damages.count)
        for (refusal, (name, _)) in zip(choice.refusals, damages) { #expect(refusal.hasPrefix(name)) }
    }

    @Test("The first candidate that is true is taken, one that cannot run the model is not")
    func order() throws {
        let reference = BLASBackend(try model().weights)
        func candidate(_ name: String, _ factor: Float) -> BackendCandidate {
            BackendCandidate(name: name, leastCosine: 0.99) {
                DamagedBackend(name: name, reference: reference) { $0.map { $0 * factor } }
            }
        }
        let absent = BackendCandidate(name: "absent", leastCosine: 0.99) { nil }
        let choice = BackendChoice(
            from: [absent, candidate("bad", 0.5), candidate("good", 1), candidate("later", 1)], reference: reference,
            expected: vectors(reference), probes: probes)
        #expect(choice.backend.name == "good")
        #expect(choice.refusals.count == 2)
    }

    @Test("A processor without the instructions gets what it can run, and is told when more was asked for")
    func lesserProcessors() throws {
        let model = try model()
        for precision in EncoderPrecision.allCases {
            let choice = BackendChoice(model, precision: precision, features: [])
            #expect(choice.backend.name == "f32 blas")
            #expect(choice.refusals.isEmpty == (precision == .auto || precision == .f32))
        }
        let all: ProcessorFeatures = [.avx2, .avx512, .vnni, .bf16]
        #expect(BackendChoice.formats(.auto, all) == [.int8, .f32])
        #expect(BackendChoice.formats(.int8, all) == [.int8, .f32])
        #expect(BackendChoice.formats(.bf16, all) == [.bf16, .f32])
        #expect(BackendChoice.formats(.f32, all) == [.f32])
        #expect(BackendChoice.formats(.auto, .avx2) == [.f32])
        #expect(BackendChoice.formats(.auto, .neon) == [])
    }

    @Test("A model whose heads the kernels cannot take runs on BLAS, and says so")
    func unsuitableShape() throws {
        let choice = BackendChoice(try model(), precision: .auto, features: .avx2)
        #expect(choice.backend.name == "f32 blas")
        #expect(choice.refusals == ["f32 cannot run a model of this shape"])
    }
}
