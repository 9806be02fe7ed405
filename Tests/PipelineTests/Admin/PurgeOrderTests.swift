import GatewayCore
import NIOCore
import Pipeline
import Testing

@Suite("Orders to forget")
struct PurgeOrderTests {
    private func order(_ text: String) throws(GatewayError) -> PurgeOrder {
        try PurgeOrder(json: ByteBuffer(string: text))
    }

    @Test("Each subject is read, with the tenant and what is to be done")
    func subjects() throws {
        let id = String(repeating: "0a", count: 16)
        let cases: [(String, PurgeOrder.Subject)] = [
            (#""all":true"#, .everything), (#""namespace":"""#, .namespace("")), (#""namespace":"n""#, .namespace("n")),
            (#""tag":"t""#, .tag("t")), (#""principal":"u""#, .principal("u")),
            (#""model":"m""#, .model("m")), (#""older_than_s":0"#, .age(seconds: 0)),
            (#""entry":"\#(id)""#, .entry(try #require(EntryID(hexadecimal: id)))),
            (#""similar_to":"x y""#, .similar(text: "x y", threshold: 0.9, namespace: "")),
            (
                #""similar_to":"x","threshold":0.5,"namespace":"n""#,
                .similar(text: "x", threshold: 0.5, namespace: "n")
            ),
        ]
        for (text, subject) in cases {
            let order = try order("{\(text)}")
            #expect(order.subject == subject)
            #expect(order.tenant == .open)
            #expect(!order.isDry && !order.erases)
        }
        let order = try order(#"{"tenant":"acme","tag":"t","dry_run":true,"erase":true}"#)
        #expect(order.tenant == TenantID("acme"))
        #expect(order.isDry && order.erases)
    }

    @Test("What is not clear is refused, with the member at fault", arguments: [
        ("{", nil), ("[]", nil), ("{}", nil), (#"{"all":true,"tag":"t"}"#, nil), (#"{"all":false}"#, "all"),
        (#"{"all":1}"#, "all"), (#"{"tag":"a,b"}"#, "tag"), (#"{"tag":7}"#, "tag"), (#"{"tag":""}"#, "tag"),
        (#"{"entry":"0a"}"#, "entry"), (#"{"principal":""}"#, "principal"), (#"{"model":""}"#, "model"),
        (#"{"older_than_s":-1}"#, "older_than_s"), (#"{"older_than_s":"1h"}"#, "older_than_s"),
        (#"{"similar_to":"x","threshold":0.4}"#, "threshold"), (#"{"similar_to":"x","threshold":"1"}"#, "threshold"),
        (#"{"tag":"t","dry_run":"yes"}"#, "dry_run"), (#"{"tag":"t","dryrun":true}"#, "dryrun"),
        (#"{"tag":"t","tenant":3}"#, "tenant"),
    ] as [(String, String?)])
    func refused(text: String, parameter: String?) {
        let error = #expect(throws: GatewayError.self) { try order(text) }
        #expect(error?.parameter == parameter)
        #expect(error?.status == 400)
    }
}
