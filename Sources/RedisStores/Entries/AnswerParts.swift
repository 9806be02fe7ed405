import GatewayCore
import NIOCore

/// An answer as what it says, and what stands around that. The provider's id, the time and the usage differ with each
/// call; the choices may not.
struct AnswerParts {
    let front: ByteBuffer
    let choices: ByteBuffer
    let back: ByteBuffer

    /// Joined in their order the parts are the answer, byte for byte. What has no `choices` is one part.
    init(of answer: ByteBuffer) {
        let start = answer.readerIndex
        guard let range = (try? JSONDocument(answer).root)?["choices"]?.range, !range.isEmpty,
            let front = answer.getSlice(at: start, length: range.lowerBound),
            let choices = answer.getSlice(at: start + range.lowerBound, length: range.count),
            let back = answer.getSlice(
                at: start + range.upperBound, length: answer.readableBytes - range.upperBound)
        else {
            (self.front, choices, back) = (ByteBuffer(), answer, ByteBuffer())
            return
        }
        (self.front, self.choices, self.back) = (front, choices, back)
    }
}
