import Testing

@testable import MockProvider

@Suite("Paths")
struct MockTargetTests {
    @Test("Each path leads to its route and model", arguments: [
        ("/v1/chat/completions?x=1", MockRoute.chatCompletions, ""),
        ("/v1/messages/count_tokens", .countMessageTokens, ""),
        ("/v1/models/mock-small", .model, "mock-small"),
        ("/v1/models/ft:gpt:a:b", .model, "ft:gpt:a:b"),
        ("/v1beta/models", .geminiModels, ""),
        ("/v1beta/models?pageSize=5", .geminiModels, ""),
        ("/v1beta/models/gemini-3", .geminiModel, "gemini-3"),
        ("/v1beta/models/gemini-3:generateContent", .generateContent, "gemini-3"),
        ("/v1/models/gemini-3:countTokens", .countTokens, "gemini-3"),
        ("/v1beta/models/g:streamGenerateContent?alt=sse", .streamGenerateContent, "g"),
        ("/v1/projects/p/locations/l/publishers/google/models/g:predict", .predict, "g"),
        ("/v1beta1/publishers/google/models/g:generateContent", .generateContent, "g"),
        ("/model/anthropic.claude-3%3A0/converse", .converse, "anthropic.claude-3:0"),
        ("/model/arn%3Aaws%3Ax%2Fy/converse-stream", .converseStream, "arn:aws:x/y"),
        ("/model/%zz%4/converse", .converse, "%zz%4"),
        ("/openai/deployments/d%201/chat/completions?api-version=x", .chatCompletions, "d 1"),
        ("/openai/deployments/d/embeddings", .embeddings, "d"), ("/openai/deployments/d/images", .other, ""),
        ("/v1beta/models/g:nothing", .other, ""), ("/model//converse", .other, ""), ("/", .other, ""), ("", .other, ""),
        ("/v1beta/models/:generateContent", .other, ""), ("/v9/models/g:generateContent", .other, ""),
        ("/v1/projects/p/publishers/other/models/g:predict", .other, ""), ("/model/m/invoke", .other, ""),
    ])
    func routes(_ target: String, _ route: MockRoute, _ model: String) {
        #expect(MockRoute(target: target) == route)
        if !model.isEmpty { #expect(MockTarget(path: target).model == model) }
    }

    @Test("A query's value is found by its whole name")
    func query() {
        #expect(MockTarget.query("alt", in: "/a?salt=1&alt=sse&x") == "sse")
        #expect(MockTarget.query("x", in: "/a?alt=sse&x") == "")
        #expect(MockTarget.query("alt", in: "/a?b=alt") == nil)
        #expect(MockTarget.query("alt", in: "/alt") == nil)
    }
}
