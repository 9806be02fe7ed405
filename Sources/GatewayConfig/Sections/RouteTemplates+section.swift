import GatewayCore

extension RouteTemplates {
    /// Reads the part of a route that says which templates it has.
    /// - Parameter templates: those there are, as `name@version`.
    static func read(_ section: ConfigSection, templates: [String]) -> RouteTemplates {
        let kind = ConfigKind.word("a template and its version, such as support@3")
        let usual = section.optional("template", kind)
        if let usual { check(usual, templates, of: "template", in: section) }
        let others = section.values("allow_templates", kind)
        for (index, id) in others { check(id, templates, of: "allow_templates", index: index, in: section) }
        return RouteTemplates(usual: usual, others: others.map(\.value))
    }

    private static func check(
        _ id: String, _ templates: [String], of key: String, index: Int? = nil, in section: ConfigSection
    ) {
        KnownName.check(
            id, among: templates, "a template and its version, such as support@3", of: key, index: index, in: section)
    }
}
