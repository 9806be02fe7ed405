/// What an engine thread runs: token ids of several texts to their unit vectors, in order. Confined to its thread.
package protocol BatchEncoder {
    /// As many vectors as texts. May take milliseconds.
    func encode(_ texts: [[Int32]]) -> [[Float]]
}

extension BertEncoder: BatchEncoder {}
