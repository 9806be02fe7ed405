/// What sort of contrast a set holds, which decides how alike two texts must be before it refuses them.
enum ContrastKind: UInt8, Sendable {
    /// Opposites that mean themselves wherever they stand: enable, disable.
    case opposite
    /// Opposites that are too common to mean anything unless nothing else differs: on, off; in, out; big, small.
    case slotOpposite
    /// Two views of one deed, which swap with who does it: send, receive; buy, sell.
    case converse
    case quantifier
    /// Things of one class that exclude one another: countries, months, colours.
    case entity
    case asking
    case referent
    case time
    /// One member on one side suffices: as JSON, in one sentence.
    case format

    var reason: GuardReason {
        switch self {
        case .opposite, .slotOpposite, .converse: .antonym
        case .quantifier: .quantifier
        case .entity: .entity
        case .asking: .asking
        case .referent: .referent
        case .time: .time
        case .format: .format
        }
    }

    /// The overlap of content words, in per cent, from which on texts with different members are refused; below, or
    /// where it is nil, the difference is a caution. Texts that differ in nothing else are refused in any case but for
    /// referents.
    var vetoOverlap: Int? {
        switch self {
        case .opposite: 30
        case .slotOpposite: nil
        case .converse: 65
        case .quantifier: 40
        case .entity: 40
        case .asking: nil
        case .referent: nil
        case .time: 40
        case .format: 60
        }
    }

    /// Whether different members refuse where nothing else differs.
    var vetoesSlot: Bool { self != .referent }

    /// Whether different members are a reason for doubt where they do not refuse.
    var doubts: Bool { self != .slotOpposite }

    /// Whether a negation on one side makes opposites agree: lost, cannot find.
    var isTurnedByNegation: Bool { self == .opposite || self == .slotOpposite }

    /// Whether a member on one side only is a reason for doubt.
    var doubtsOneSided: Bool { self == .entity || self == .time || self == .format }
}
