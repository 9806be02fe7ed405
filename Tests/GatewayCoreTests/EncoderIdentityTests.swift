import Testing

@testable import GatewayCore

@Test("Two encoders of one name are told apart by their weights")
func encoderIdentity() {
    let one = EncoderIdentity(name: "m", fingerprint: "a", dimension: 384)
    let other = EncoderIdentity(name: "m", fingerprint: "b", dimension: 384)
    #expect(one != other)
    #expect(one.description == "m#a/384")
}
