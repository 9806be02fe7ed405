import ArgumentParser
import GatewayCore
import NIOCore
import Pipeline
import RequestAnalysis

/// For whose requests curated answers are.
struct CuratedOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The model name clients ask for.")
    var model: String

    @Option(help: "The tenant whose callers get the answers.")
    var tenant = "default"

    @Option(help: "The namespace inside the tenant.")
    var namespace = ""

    @Option(
        help: "A chat completion request as JSON; its last user message stands for the question.",
        completion: .file(extensions: ["json"]))
    var request: String?

    var scope: CacheScope { CacheScope(tenant: TenantID(tenant), namespace: namespace) }

    /// A request for the model whose last user message stands for the question.
    func template(_ analyzer: RequestAnalyzer) throws -> ChatRequest {
        guard let request else { return try CuratedImporter.template(model: model, analyzer: analyzer) }
        let document = try JSONDocument(try TextFile.contents(of: request))
        var name = ByteBuffer()
        name.writeJSONString(model)
        var splice = JSONSplice(document)
        splice.set("model", of: document.root, to: name)
        return try analyzer.parse(splice.apply())
    }
}
