import GatewayCore
import NIOCore

@testable import RequestAnalysis

/// The short way from a body to its traits.
enum Traits {
    static func of(_ body: String, metadata: String? = nil) throws(GatewayError) -> RequestTraits {
        let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())
        return try analyzer.traits(of: try analyzer.parse(ByteBuffer(string: body)), metadata: metadata)
    }

    /// Of a question, written as JSON here.
    static func ofQuestion(_ text: String, more: String = "") throws(GatewayError) -> RequestTraits {
        var json = ByteBuffer()
        json.writeJSONString(text)
        return try of(#"{"model":"m","messages":[{"role":"user","content":\#(String(buffer: json))}]\#(more)}"#)
    }

    /// Of messages, given as JSON.
    static func ofMessages(_ messages: String, more: String = "") throws(GatewayError) -> RequestTraits {
        try of(#"{"model":"m","messages":[\#(messages)]\#(more)}"#)
    }
}
