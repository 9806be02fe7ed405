extension GuardLexicon {
    mutating func addUnits() {
        let units: [(QuantityUnit, String)] = [
            (.percent, "percent pct prozent"), (.clock, "am pm"),
            (.dollar, "dollar dollars usd buck bucks $"), (.euro, "euro euros eur \u{2}"),
            (.sterling, "gbp quid \u{1}"), (.rupee, "rs inr rupee rupees \u{3}"), (.yen, "yen jpy \u{4}"),
            (.pound, "pound pounds lb lbs"), (.crown, "sek nok dkk"), (.franc, "chf"),
            (.second, "second seconds sec secs s sekunde sekunden seconde secondes segundo segundos"),
            (.minute, "minute minutes min mins minuten minuto minutos"),
            (.hour, "hour hours hr hrs h stunde stunden heure heures hora horas"),
            (.day, "day days tag tage tagen jour jours día días dia dias"),
            (.week, "week weeks wk wks woche wochen semaine semaines semana semanas"),
            (.month, "month months monat monate monaten mois mes meses"),
            (.year, "year years yr yrs jahr jahre jahren ans année années año años"),
            (.gram, "g gram grams gramm gramme grammes gramo gramos"), (.milligram, "mg"),
            (.kilogram, "kg kgs kilo kilos kilogram kilograms"),
            (.meter, "m meter meters metre metres mètre mètres metro metros"), (.centimeter, "cm cms"),
            (.millimeter, "mm"), (.kilometer, "km kms kilometer kilometers kilometre kilometres"),
            (.mile, "mile miles"), (.foot, "foot feet ft"), (.inch, "inch inches"),
            (.liter, "l liter liters litre litres"), (.milliliter, "ml"), (.gallon, "gallon gallons"),
            (.degree, "degree degrees"), (.kilobyte, "kb"), (.megabyte, "mb"), (.gigabyte, "gb"), (.terabyte, "tb"),
        ]
        for (unit, words) in units {
            add(words) { $0.unit = unit }
        }
        add("%") { $0.unit = .percent }
    }
}
