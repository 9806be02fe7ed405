import ArgumentParser
import GatewayCore
import NIOCore
import Pipeline
import Policy
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

    /// Whose answers they are.
    /// - Throws: for a tenant that no caller is, and a namespace that no caller can name: nobody would find them.
    func scope(in policy: PolicyConfiguration) throws -> CacheScope {
        let directory = TenantDirectory(configuration: policy)
        guard directory.knows(TenantID(tenant)) else {
            let known = directory.all.map(\.description).joined(separator: ", ")
            throw ValidationError("there is no tenant '\(tenant)'; expected --tenant to be one of: \(known)")
        }
        guard TenantDirectory.isNamespace(namespace) else {
            throw ValidationError(
                "--namespace must be at most \(TenantDirectory.namespaceLimit) visible ASCII characters")
        }
        return .ofOperator(in: TenantID(tenant), namespace: namespace)
    }

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
