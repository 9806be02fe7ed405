extension PickRequest.Mode {
    /// What operators call the ways to pick.
    package enum Name: String, Sendable, CaseIterable {
        case firstFit = "first_fit"
        case mostHeadroom = "max_headroom"
        case twoChoices = "p2c"
    }

    package init(_ name: Name) {
        switch name {
        case .firstFit: self = .firstFit
        case .mostHeadroom: self = .mostHeadroom
        case .twoChoices: self = .twoChoices
        }
    }
}
