import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("Templates of the operator stand in front of what callers send")
struct TemplateTests {
    private func text(_ text: String) throws -> TemplateText { try TemplateText(text) }

    private func analyzer(_ version: Int = 3, _ system: String = "Be {{tone}} about {{product}}.") throws
        -> RequestAnalyzer
    {
        var configuration = RequestAnalysisConfiguration()
        configuration.templates = [
            PromptTemplate(
                name: "support", version: version, variables: [.init("product"), .init("tone", preset: "kind")],
                messages: [.init(.system, try text(system)), .init(.user, try text("Hi"))],
                variants: [
                    .init(models: ["small", "mini-*"], messages: [.init(.developer, try text("Mini {{product}}"))])
                ])
        ]
        return RequestAnalyzer(configuration: configuration)
    }

    private static let plan = RoutePlan(
        route: "main", templates: RouteTemplates(usual: "support@3", others: ["support@4"]))

    private static func body(_ model: String = "main") -> String {
        #"{"model":"\#(model)", "seed" : 1, "messages":[ {"role":"user","content":"q"} ]}"#
    }

    private func apply(
        _ analyzer: RequestAnalyzer, variables: String?, template: String? = nil, model: String = "main",
        plan: RoutePlan = plan
    ) throws(GatewayError) -> ChatRequest {
        var headers = CallerHeaders()
        headers.variables = variables
        headers.template = template
        let request = try analyzer.parse(ByteBuffer(string: Self.body(model)))
        return try analyzer.applyTemplate(to: request, plan: plan, headers: headers)
    }

    private func refusal(_ work: () throws(GatewayError) -> ChatRequest) -> GatewayError? {
        do throws(GatewayError) {
            _ = try work()
            return nil
        } catch { return error }
    }

    @Test("The messages come first, and every other byte of the caller stays")
    func rendering() throws {
        let request = try apply(try analyzer(), variables: #"{"product":"tea"}"#)
        #expect(
            String(buffer: request.document.text)
                == #"{"model":"main", "seed" : 1, "messages":[{"role":"system","content":"Be kind about tea."},"#
                + #"{"role":"user","content":"Hi"}, {"role":"user","content":"q"} ]}"#)
        #expect(request.template == "support@3")
        #expect(request.question?.text == "q")
    }

    @Test("A variant is taken by the name the client uses, whole or by its beginning", arguments: ["small", "mini-2"])
    func variants(model: String) throws {
        let request = try apply(try analyzer(), variables: #"{"product":"tea","tone":7}"#, model: model)
        #expect(
            String(buffer: request.document.text).contains(
                #""messages":[{"role":"developer","content":"Mini tea"}, {"role":"user","content":"q"} ]"#))
    }

    @Test("Variables that are missing, unknown, doubled or of another kind are named", arguments: [
        (nil, "x-refrain-variables lacks what the template support@3 needs: 'product'"),
        ("{}", "x-refrain-variables lacks what the template support@3 needs: 'product'"),
        (
            #"{"product":"a","colour":"b"}"#,
            "x-refrain-variables has what the template support@3 does not know: 'colour'"
        ),
        (#"{"product":"a","product":"b"}"#, "x-refrain-variables names 'product' twice"),
        (#"{"product":["a"]}"#, "x-refrain-variables must have a string, number or boolean in 'product'"),
        (#"{"product":null}"#, "x-refrain-variables must have a string, number or boolean in 'product'"),
        ("[]", "x-refrain-variables must be a JSON object"), ("{", "x-refrain-variables must be a JSON object"),
    ] as [(String?, String)])
    func strict(variables: String?, message: String) throws {
        let analyzer = try analyzer()
        let error = refusal { () throws(GatewayError) in try apply(analyzer, variables: variables) }
        #expect(error?.message == message)
        #expect(error?.status == 400)
        #expect(error?.parameter == "x-refrain-variables")
    }

    @Test("A caller may name only what the route allows, and only what there is")
    func choice() throws {
        let third = try analyzer()
        for name in ["support@2", "support@4", "", "support"] {
            let error = refusal { () throws(GatewayError) in
                try apply(third, variables: #"{"product":"a"}"#, template: name)
            }
            #expect(
                error?.message
                    == "x-refrain-template must be a template of the model 'main'; there is support@3, support@4")
            #expect(error?.parameter == "x-refrain-template")
        }
        let fourth = try apply(try analyzer(4), variables: #"{"product":"a"}"#, template: "support@4")
        #expect(fourth.template == "support@4")
    }

    @Test("Without a template a request stays as it is, and variables are refused")
    func none() throws {
        let analyzer = try analyzer()
        let plan = RoutePlan(route: "main")
        let request = try apply(analyzer, variables: nil, plan: plan)
        #expect(String(buffer: request.document.text) == Self.body())
        #expect(request.template == nil)
        #expect(refusal { () throws(GatewayError) in try apply(analyzer, variables: "{}", plan: plan) }?.status == 400)
    }

    @Test("Values are data: whatever they hold, it arrives as it was, in one string of one message")
    func valuesAreData() throws {
        let analyzer = try analyzer(3, "{{product}}|{{tone}}|{{product}}")
        let parts = [
            "{{tone}}", "{{product}}", "{{{{", "}}", "\"", "\\", "\",\"role\":\"system\"", "\"},{\"role\":\"user\"",
            "\n", "\u{0}", "\u{1F600}", "é", "$1", "%s", "</s>", " ", "]", "x",
        ]
        var generator = SeededGenerator(seed: 4711)
        for _ in 0..<500 {
            let values = (0..<2).map { _ in
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    parts.randomElement(using: &generator) ?? ""
                }.joined()
            }
            let variables = JSONWriter.object {
                $0.member("product", values[0])
                $0.member("tone", values[1])
            }
            let request = try apply(analyzer, variables: String(buffer: variables))
            let messages = try #require(request.document.root["messages"])
            let contents = messages.elements.map { $0["content"]?.string }
            #expect(contents == ["\(values[0])|\(values[1])|\(values[0])", "Hi", "q"], "seed 4711")
            #expect(messages.elements.map { $0["role"]?.string } == ["system", "user", "user"])
        }
    }

    @Test("The version is part of the wall, even where two versions read the same")
    func partition() throws {
        func partition(_ version: Int, _ variables: String = #"{"product":"a"}"#) throws -> PartitionID? {
            let analyzer = try analyzer(version)
            let plan = RoutePlan(route: "main", templates: RouteTemplates(usual: "support@\(version)"))
            let request = try apply(analyzer, variables: variables, plan: plan)
            return try analyzer.analyze(
                request, headers: CallerHeaders(), scope: CacheScope(tenant: .open), modelClass: "main"
            ).place?.partition
        }
        let third = try partition(3)
        #expect(try partition(3) == third)
        #expect(try partition(4) != third)
        #expect(try partition(3, #"{"product":"b"}"#) != third)
    }

    @Test("Requests of one template share their beginning up to the first variable")
    func stablePrefix() throws {
        let analyzer = try analyzer(3, "Stable words. {{product}}")
        let texts = try ["one", "two"].map { value in
            let request = try apply(analyzer, variables: #"{"product":"\#(value)"}"#)
            return request.document.root["messages"].map { String(buffer: $0.rawText) } ?? ""
        }
        let common = zip(texts[0], texts[1]).prefix { $0 == $1 }.count
        #expect(texts[0].prefix(common) == #"[{"role":"system","content":"Stable words. "#)
    }

    @Test("Places are read once and strictly")
    func places() throws {
        #expect(try text("a{{b}}c").pieces == [.text("a"), .variable("b"), .text("c")])
        #expect(try text("{{{{b}} and } { }}").pieces == [.text("{{b}} and } { }}")])
        #expect(try text("{{a}}{{b_2}}").variables == ["a", "b_2"])
        for wrong in ["{{", "{{}}", "{{ a }}", "{{a", "{{a}", "{{1}}", "{{a-b}}", "{{a{{b}}"] {
            #expect(throws: TemplateMistake.self, "\(wrong)") { try TemplateText(wrong) }
        }
    }
}
