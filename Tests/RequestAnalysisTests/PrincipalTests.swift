import GatewayCore
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("What answers can be forgotten by")
struct PrincipalTests {
    private let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())

    private func labels(_ more: String, tenant: String = "t", tags: [String] = []) throws -> CacheLabels {
        let body = #"{"model":"m","messages":[{"role":"user","content":"Hi?"}]\#(more)}"#
        var headers = CallerHeaders()
        headers.tags = tags
        return try analyzer.analyze(
            try analyzer.parse(ByteBuffer(string: body)), headers: headers,
            scope: CacheScope(tenant: TenantID(tenant), namespace: "n"), modelClass: "m", tags: ["own"]
        ).labels
    }

    @Test("Whose question it is, is told by a digest that the name leads to again, of this tenant only")
    func principal() throws {
        let ann = analyzer.principal(named: "ann", tenant: TenantID("t"))
        #expect(ann.count == 32)
        #expect(try labels(#","user":"ann""#).principal == ann)
        #expect(try labels(#","user":"bob","safety_identifier":"ann""#).principal == ann)
        #expect(try labels(#","user":"bob""#).principal != ann)
        #expect(try labels(#","user":"ann""#, tenant: "u").principal != ann)
        for none in ["", #","user":"""#, #","user":null"#, #","user":7"#] { #expect(try labels(none).principal == nil) }
    }

    @Test("Tenant, namespace, model and tags of route and caller are told")
    func others() throws {
        let labels = try labels("", tags: ["a", "b"])
        #expect(labels.tenant == TenantID("t"))
        #expect(labels.namespace == "n")
        #expect(labels.model == "m")
        #expect(labels.tags == ["own", "a", "b"])
    }
}
