/// When a target's provider limits count as nearly used up.
package struct HeadroomRule: Sendable, Equatable {
    /// With less of a limit left it comes after all others.
    package var reserve = 0.15

    package init() {}
}
