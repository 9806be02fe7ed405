/// What goes into one of the linear layers of a BERT.
struct LayerInput: Hashable, Sendable {
    /// The four linear layers of a block, query, key and value as one.
    enum Kind: Hashable, Sendable, CaseIterable { case projection, attentionOutput, intermediate, output }

    /// The block, from 0.
    let layer: Int
    let kind: Kind
}
