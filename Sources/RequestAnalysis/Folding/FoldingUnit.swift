/// One character as folding sees it: a byte of an ASCII text, or a scalar of any other.
protocol FoldingUnit: Equatable {
    var traits: CharacterTraits { get }
    /// The ASCII code, or 0 for anything else.
    var ascii: UInt8 { get }
    /// The small letter of a unit with the trait `.upper`; any other unit as it is.
    var lowered: Self { get }
    /// A single blank.
    static var blank: Self { get }
    /// The kind (0 to 4) of quoted literal that this mark may open.
    var literalOpens: Int? { get }
    /// The kind of quoted literal that this mark may close.
    var literalCloses: Int? { get }
}
