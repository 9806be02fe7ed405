import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Every client's requests before every provider")
struct RequestMatrixTests {
    @Test("A provider gets the request in its own words, whoever asks", arguments: RequestFixture.all)
    func request(_ fixture: RequestFixture) throws {
        let (file, target) = (try fixture.file, try fixture.target)
        for api in ClientAPI.allCases {
            guard let asked = try fixture.asked[api.rawValue] else { continue }
            let call: ProviderCall
            do {
                let request = try AskingClient.request(asked, as: api)
                call = try TargetTranslation(request, for: target).call()
            } catch let error as GatewayError {
                let place = file["refused \(api.rawValue)"] ?? file["refused"]
                #expect(error.code == .invalidRequest && error.parameter == place, "\(api): \(error)")
                continue
            }
            let written = file["body \(api.rawValue)"] ?? file["body"]
            // Bytes of the provider's own dialect pass, but for the model's name and the wish for a stream's usage.
            let expected = fixture.wire.isSpoken(by: api) ? file["passed"] ?? passed(asked, to: target.model) : written
            let found = try PlainJSON(String(buffer: call.body)).text
            #expect(try found == PlainJSON(try #require(expected)).text, "\(api)")
            if let path = file["path"] { #expect(call.path == path, "\(api)") }
            guard !fixture.wire.isSpoken(by: api) else { continue }
            let dropped = file["dropped \(api.rawValue)"] ?? file["dropped"] ?? ""
            #expect(call.dropped == dropped.split(separator: "\n").map(String.init), "\(api)")
        }
    }

    @Test("Every request of the fixtures is there for every provider")
    func complete() {
        for wire in Wire.allCases where wire != .compatible {
            #expect(FixtureFile.names(in: "\(wire)/requests") == FixtureFile.names(in: "requests"), "\(wire)")
        }
    }

    private func passed(_ asked: String, to model: String) -> String {
        asked.replacing(#""model":"asked""#, with: #""model":"\#(model)""#)
    }
}
