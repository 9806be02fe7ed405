internal import CKernels

/// What attention needs between its two products. One thread owns it.
package final class AttentionScratch {
    let longest: Int
    let headWidth: Int
    let floats: AlignedBuffer

    /// - Parameter longest: tokens of the longest sequence that will come.
    package init(longest: Int, headWidth: Int) {
        precondition(longest > 0 && headWidth > 0, "attention needs a length and a width")
        self.longest = longest
        self.headWidth = headWidth
        self.floats = AlignedBuffer(count: refrain_attention_scratch(longest, headWidth))
    }
}
