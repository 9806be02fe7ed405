import NIOCore
import NIOHTTP1
import Testing

@testable import MockProvider

@Suite("Amazon's signatures")
struct MockAWSSignatureTests {
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date, "
        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"

    private func head(uri: String = "/?Action=ListUsers&Version=2010-05-08") -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: [
            "content-type": "application/x-www-form-urlencoded;  charset=utf-8 ", "host": "iam.amazonaws.com",
            "x-amz-date": "20150830T123600Z",
        ])
    }

    @Test("The example of Amazon's documentation has its published signature")
    func example() throws {
        let signature = try MockAWSSignature(Self.authorization)
        #expect(signature.accessKeyID == "AKIDEXAMPLE" && signature.scope == "20150830/us-east-1/iam/aws4_request")
        #expect(signature.expected(for: head(), body: ByteBuffer(), secret: Self.secret) == signature.signature)
    }

    @Test("The order of a query does not count; everything else does")
    func changes() throws {
        let signature = try MockAWSSignature(Self.authorization)
        func expected(_ head: HTTPRequestHead, _ body: String = "", _ secret: String = Self.secret) -> String {
            signature.expected(for: head, body: ByteBuffer(string: body), secret: secret)
        }
        #expect(expected(head(uri: "/?Version=2010-05-08&Action=ListUsers")) == signature.signature)
        var other = head()
        other.headers.replaceOrAdd(name: "host", value: "else")
        let changed = [
            expected(head(uri: "/x?Action=ListUsers&Version=2010-05-08")), expected(head(), "x"), expected(other),
            expected(head(), "", "else"), expected(head(uri: "/?Action=ListUsers")),
        ]
        #expect(Set(changed).count == 5 && !changed.contains(signature.signature))
    }

    @Test("A clock five minutes off is accepted, one second more is not", arguments: [
        (300, true), (-300, true), (301, false), (-301, false),
    ])
    func skew(_ seconds: Int, _ isAccepted: Bool) throws {
        // 2026-01-01T00:00:00Z
        let now = 1_767_225_600
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/model/m/converse", headers: [
            "host": "h", "x-amz-date": MockDate(seconds: now + seconds).basic,
        ])
        let day = MockDate(seconds: now + seconds).basic.prefix(8)
        let scope = "AKID/\(day)/r/bedrock/aws4_request"
        func authorization(_ signature: String) -> String {
            "AWS4-HMAC-SHA256 Credential=\(scope), SignedHeaders=host;x-amz-date, Signature=\(signature)"
        }
        let unsigned = try MockAWSSignature(authorization(String(repeating: "0", count: 64)))
        let made = unsigned.expected(for: head, body: ByteBuffer(), secret: "s")
        head.headers.add(name: "authorization", value: authorization(made))
        let access = MockAWSAccess(accessKeyID: "AKID", secret: "s")
        if isAccepted {
            try access.check(MockRequest(head: head), now: now)
        } else {
            let error = #expect(throws: MockProviderError.self) { try access.check(MockRequest(head: head), now: now) }
            #expect(error?.message.hasPrefix("Signature expired") == true)
        }
    }
}
