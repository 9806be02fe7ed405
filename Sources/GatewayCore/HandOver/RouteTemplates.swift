/// Which of the operator's prompts a route has, each as `name@version`.
package struct RouteTemplates: Sendable, Equatable {
    /// What every request gets that does not ask for another; nil for none.
    package var usual: String?
    /// Others that callers may ask for.
    package var others: [String]

    package init(usual: String? = nil, others: [String] = []) {
        self.usual = usual
        self.others = others
    }

    package var all: [String] { [usual].compactMap(\.self) + others }

    package func allows(_ id: String) -> Bool { id == usual || others.contains(id) }
}
