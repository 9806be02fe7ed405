import GatewayCore
import Testing

@Suite struct AnswerIDTests {
    @Test("An answer has the prefix of the dialect it is told in, and no other", arguments: [
        ("chatcmpl-1", "msg_", "msg_1"), ("msg_1", "chatcmpl-", "chatcmpl-1"), ("chatcmpl-msg_1", "resp_", "resp_1"),
        ("1", "resp_", "resp_1"), ("msg_1", "msg_", "msg_1"), ("", "msg_", "msg_"),
    ])
    func spelling(_ id: String, _ prefix: String, _ expected: String) {
        #expect(AnswerID.spelled(id, with: prefix) == expected)
    }
}
