import GatewayCore
import NIOCore

@testable import RequestAnalysis

/// An analyzer as tests want it, and the short way through it.
struct Analysis {
    var key = "a key"
    var epoch = 1
    var tenant = "acme"
    var namespace = ""
    var modelClass = "gpt"
    var headers = CallerHeaders()
    var questionBytesLimit = 8 * 1024

    func callAsFunction(_ body: String) throws(GatewayError) -> AnalyzedRequest {
        var configuration = RequestAnalysisConfiguration()
        configuration.key = Secret(key)
        configuration.epoch = epoch
        configuration.questionBytesLimit = questionBytesLimit
        let analyzer = RequestAnalyzer(configuration: configuration)
        return try analyzer.analyze(
            try analyzer.parse(ByteBuffer(string: body)), headers: headers,
            scope: CacheScope(tenant: TenantID(tenant), namespace: namespace), modelClass: modelClass)
    }

    func with(_ change: (inout Analysis) -> Void) -> Analysis {
        var copy = self
        change(&copy)
        return copy
    }

    /// A body with one question and further members.
    static func body(_ question: String = "hi there", more: String = "") -> String {
        #"{"model":"gpt","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    /// The error of a body that must be refused.
    static func refusal(_ body: some Collection<UInt8>) -> GatewayError? {
        do {
            _ = try RequestAnalyzer(configuration: RequestAnalysisConfiguration()).parse(ByteBuffer(bytes: body))
            return nil
        } catch {
            return error
        }
    }
}
