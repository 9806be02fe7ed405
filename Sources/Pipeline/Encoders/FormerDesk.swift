package import GatewayCore
package import SemanticCache

/// What operators' requests look into beside the present encoder's index, while the encoder before finds anything that
/// the present one does not.
package struct FormerDesk: Sendable {
    let name: EncoderIdentity
    let encoder: EncoderStage
    let search: LikenessSearch
    private let isOver: @Sendable () -> Bool

    /// - Parameters:
    ///   - search: over what was stored with that encoder.
    ///   - isOver: whether nothing is left that only it would find.
    package init(
        name: EncoderIdentity, encoder: EncoderStage, search: LikenessSearch,
        isOver: @escaping @Sendable () -> Bool
    ) {
        self.name = name
        self.encoder = encoder
        self.search = search
        self.isOver = isOver
    }

    /// Itself while there is anything to find.
    var open: FormerDesk? { isOver() ? nil : self }

    /// Entries that only this encoder finds, as far as this replica knows.
    var remaining: Int { isOver() ? 0 : search.partitions.reduce(0) { $0 + $1.count } }
}
