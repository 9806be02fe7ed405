import GatewayCore
import NIOHTTP1
import Testing

@testable import GatewayHTTP

@Suite("What callers' headers say")
struct CallerHeadersTests {
    @Test("The key comes from a bearer credential in any spelling, else from api-key", arguments: [
        ("Bearer sk-1", nil, "sk-1"), ("bearer sk-1", nil, "sk-1"), ("BEARER  sk-1 ", nil, "sk-1"),
        ("Basic eA==", "sk-2", "sk-2"), (nil, "sk-2", "sk-2"), ("Bearer sk-1", "sk-2", "sk-1"), ("Bearer", nil, nil),
        ("Bearer a b", nil, nil), ("sk-1", nil, nil), (nil, nil, nil),
    ] as [(String?, String?, String?)])
    func keys(authorization: String?, apiKey: String?, key: String?) {
        var fields = HTTPHeaders()
        if let authorization { fields.add(name: "Authorization", value: authorization) }
        if let apiKey { fields.add(name: "API-Key", value: apiKey) }
        #expect(CallerHeaders(fields).key == key)
    }

    @Test("Cache-Control keeps all its lines")
    func cacheControl() {
        let fields: HTTPHeaders = [
            "cache-control": "no-cache", "Cache-Control": "no-store, x", "x-refrain-cache-mode": "exact",
            "X-Refrain-Cache-Namespace": "n",
        ]
        let headers = CallerHeaders(fields)
        #expect(headers.cacheControl.joined(separator: ",").replacing(" ", with: "") == "no-cache,no-store,x")
        #expect(headers.cacheMode == "exact")
        #expect(headers.namespace == "n")
    }

    @Test("A timeout is a whole number of milliseconds, a day at most; anything else is none", arguments: [
        ("1500", Duration.milliseconds(1500) as Duration?), ("0", .zero), ("86400001", .seconds(86_400)),
        ("999999999999999", .seconds(86_400)), ("9999999999999999", nil), ("-1", nil), ("1.5", nil), ("+1", nil),
        ("", nil), ("soon", nil),
    ])
    func timeout(text: String, timeout: Duration?) {
        #expect(CallerHeaders(["X-Request-Timeout-Ms": text]).timeout == timeout)
        #expect(CallerHeaders(["x-refrain-priority": text]).priority == text)
    }
}

extension CallerHeadersTests {
    @Test("What is asked may come in the form that lets other alphabets through", arguments: [
        ("How do I begin?", "How do I begin?"), ("UTF-8''Wie%20geht%20das%3F", "Wie geht das?"),
        ("utf-8'de'%C3%BCber", "über"), ("UTF-8'x", "UTF-8'x"), ("UTF-8''", ""), ("100%25", "100%25"),
    ])
    func query(value: String, text: String) {
        #expect(CallerHeaders(["x-refrain-cache-query": value]).query == text)
    }

    @Test("Who asks is read from the header that is named, and from no other")
    func user() {
        #expect(CallerHeaders(["X-User": "ann"], userHeader: "x-user").user == "ann")
        #expect(CallerHeaders(["X-User": "ann"]).user == nil)
        #expect(CallerHeaders(["x-refrain-explain": ""]).wantsReasons)
    }
}
