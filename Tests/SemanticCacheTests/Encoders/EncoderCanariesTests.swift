import GatewayCore
import Testing

@testable import SemanticCache

@Suite("An encoder's canaries")
struct EncoderCanariesTests {
    private func vector(_ components: Float...) -> EmbeddingVector { EmbeddingVector(unit: components) }

    @Test("The least cosine counts: one text of another vector is enough")
    func least() {
        let (x, y, between) = (vector(1, 0), vector(0, 1), vector(0.6, 0.8))
        #expect(EncoderCanaries.likeness([x, y], [x, y]) == 1)
        #expect(EncoderCanaries.likeness([x, y], [x, between]) == 0.8)
        #expect(EncoderCanaries.likeness([x, y, x], [x, y, y]) == 0)
    }

    @Test("Vectors of another number, length, or of no numbers are like none")
    func shapes() {
        let x = vector(1, 0)
        #expect(EncoderCanaries.likeness([x, x], [x]) == nil)
        #expect(EncoderCanaries.likeness([x], [vector(1, 0, 0)]) == nil)
        #expect(EncoderCanaries.likeness([x], [vector(.nan, 0)]) == nil)
        #expect(EncoderCanaries.likeness([x, x], [vector(.nan, 0), x]) == nil)
    }

    @Test("The texts are those whose vectors are kept, and no two are one")
    func texts() {
        #expect(EncoderCanaries.texts.count == 8)
        #expect(Set(EncoderCanaries.texts).count == 8)
    }
}
