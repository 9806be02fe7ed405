extension NumberShape.Piece {
    /// Gives the unit to all numbers of the piece: in "5-7kg" both are weights.
    mutating func setUnit(_ unit: QuantityUnit) {
        for index in quantities.indices {
            quantities[index].unit = unit
        }
    }

    mutating func scale(by power: Int8) {
        for index in quantities.indices where quantities[index].mantissa != 0 {
            quantities[index].exponent = quantities[index].exponent &+ power
        }
    }
}
