package import GatewayCore

/// From which encoder to which stored questions go.
package struct EncoderMove: Sendable, Hashable {
    package let former: EncoderIdentity
    package let present: EncoderIdentity

    package init(from former: EncoderIdentity, to present: EncoderIdentity) {
        self.former = former
        self.present = present
    }
}
