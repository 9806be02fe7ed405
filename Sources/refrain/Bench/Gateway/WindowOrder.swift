/// Which window comes when.
enum WindowOrder {
    struct Place: Equatable, Sendable {
        let leg: LegName
        let kind: WindowKind
    }

    /// All places in an order drawn from `random`, but a leg's half load behind its ceiling, which sets its rate.
    static func shuffled(_ places: [Place], using random: inout some RandomNumberGenerator) -> [Place] {
        var order = places.shuffled(using: &random)
        for (index, place) in order.enumerated() where place.kind == .half {
            let ceiling = Place(leg: place.leg, kind: .ceiling)
            if let later = order.lastIndex(of: ceiling), later > index { order.swapAt(index, later) }
        }
        return order
    }
}
