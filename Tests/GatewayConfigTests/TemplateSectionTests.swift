import GatewayCore
import RequestAnalysis
import Routing
import Testing

@testable import GatewayConfig

@Suite("Templates in the configuration")
struct TemplateSectionTests {
    private static let provider = "providers: [{name: p, base_url: \"https://p\"}]\n"

    private func issues(_ lines: String...) -> [String] {
        Refusals.of(lines.joined(separator: "\n") + "\n" + Self.provider)
    }

    @Test("A template is read with its variables, messages and variants, and routes refer to it")
    func whole() throws {
        let configuration = try Refusals.load(
            """
            templates:
              - name: support
                version: 2
                variables: [{name: product}, {name: tone, default: kind}]
                system: |
                  Be {{tone}}.
                  About {{product}}.
                messages: [{role: user, content: hi}]
                variants: [{models: ["mini-*"], system: "{{product}}"}]
              - {name: support, version: 3, system: Plain}
            routes:
              - {model: a, template: support@2, allow_templates: [support@3], targets: [{provider: p}]}
              - {model: b, targets: [{provider: p}]}

            """ + Self.provider)
        let templates = configuration.analysis.templates
        #expect(templates.map(\.id) == ["support@2", "support@3"])
        let first = try #require(templates.first)
        #expect(first.variables.map(\.name) == ["product", "tone"])
        #expect(first.variables.map(\.preset) == [nil, "kind"])
        #expect(first.messages.map(\.role) == [.system, .user])
        #expect(first.messages.first?.text == (try TemplateText("Be {{tone}}.\nAbout {{product}}.\n")))
        #expect(first.variants.map(\.models) == [["mini-*"]])
        #expect(
            configuration.routing.routes.map(\.templates)
                == [RouteTemplates(usual: "support@2", others: ["support@3"]), RouteTemplates()])
    }

    @Test("What is wrong in a template is named with its line", arguments: [
        (
            "  - {name: a, version: 1, system: '{{b}}'}",
            "2:35: templates[0].system: expected a variable of this template, found b; there are none"
        ),
        (
            "  - {name: a, version: 1, variables: [{name: b}], system: x}",
            "2:38: templates[0].variables: expected a place {{b}} in one of the texts, found none"
        ),
        (
            "  - {name: a, version: 1, system: '{{b c}}'}",
            "2:35: templates[0].system: expected a variable's name and }} behind {{, found something else; {{{{ is text"
        ),
        ("  - {name: a, version: 1}", "2:5: templates[0].system: expected system or messages, found neither"),
        (
            "  - {name: a, version: 0, system: x}",
            "2:24: templates[0].version: expected an integer from 1 to 1000000, found 0"
        ),
        (
            "  - {name: a, version: 1, messages: [{role: tool, content: x}]}",
            "2:45: templates[0].messages[0].role: expected one of system, developer, user, assistant, found tool"
        ),
        (
            "  - {name: a, version: 1, system: x, variants: [{system: y}]}",
            "2:49: templates[0].variants[0].models: expected at least one model, found none"
        ),
        (
            "  - {name: a, version: 1, system: x}\n  - {name: a, version: 1, system: y}",
            "3:24: templates[1].version: expected a template's name and version to be unique, found a@1 that line 2 has"
        ),
    ])
    func wrong(template: String, issue: String) {
        #expect(issues("templates:", template) == [issue])
    }

    @Test("A route may name only templates there are")
    func unknown() {
        let templates = "templates: [{name: support, version: 3, system: x}]"
        #expect(
            issues(templates, "routes: [{model: a, template: support@2, targets: [{provider: p}]}]") == [
                "2:31: routes[0].template: expected a template and its version, such as support@3, found support@2; "
                    + "did you mean support@3?"
            ])
        #expect(
            issues(templates, "routes: [{model: a, allow_templates: [other@1], targets: [{provider: p}]}]") == [
                "2:39: routes[0].allow_templates[0]: expected a template and its version, such as support@3, found "
                    + "other@1; there are support@3"
            ])
    }
}
