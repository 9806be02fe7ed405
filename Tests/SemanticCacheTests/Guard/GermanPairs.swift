/// Pairs of questions in German, written for these tests: one of each line must not be served for the other, or may.
enum GermanPairs {
    static let differing = """
        Wie aktiviere ich den Dunkelmodus? | Wie deaktiviere ich den Dunkelmodus?
        Wie kann ich mein Konto eröffnen? | Wie kann ich mein Konto schließen?
        Wie erhöhe ich die Lautstärke? | Wie verringere ich die Lautstärke?
        Kann ich den Vertrag verlängern? | Kann ich den Vertrag kündigen?
        Wo kann ich Geld einzahlen? | Wo kann ich Geld abheben?
        Wie melde ich mich im Portal an? | Wie melde ich mich im Portal ab?
        Wie sperre ich meine Karte? | Wie entsperre ich meine Karte?
        Ist das Museum am Abend geöffnet? | Ist das Museum am Abend geschlossen?
        Was sind die Vorteile der Therapie? | Was sind die Nachteile der Therapie?
        Wo kann ich die Rechnung hochladen? | Wo kann ich die Rechnung herunterladen?
        Wann ist die Ankunft in Wien? | Wann ist die Abfahrt in Wien?
        Wie hoch ist die maximale Dosis? | Wie hoch ist die minimale Dosis?
        Mach das Licht an | Mach das Licht aus
        Soll ich die Tablette vor dem Essen nehmen? | Soll ich die Tablette nach dem Essen nehmen?
        Ist der Versand ins Inland teuer? | Ist der Versand ins Ausland teuer?
        Ich habe meine Karte verloren | Ich habe meine Karte gefunden
        Wie verschlüssele ich eine Datei? | Wie entschlüssele ich eine Datei?
        Was kostet der Hinflug? | Was kostet der Rückflug?
        Ist das Parken erlaubt? | Ist das Parken verboten?
        Muss ich mindestens drei Monate warten? | Muss ich höchstens drei Monate warten?
        Bekommen alle Kunden einen Rabatt? | Bekommen einige Kunden einen Rabatt?
        Wird der Bericht täglich erstellt? | Wird der Bericht monatlich erstellt?
        Was ist die Hauptstadt von Norwegen? | Was ist die Hauptstadt von Schweden?
        Wie ist das Wetter in Hamburg? | Wie ist das Wetter in München?
        Liefern Sie am Montag? | Liefern Sie am Freitag?
        Habt ihr im Mai geöffnet? | Habt ihr im Juni geöffnet?
        Brauche ich einen Reisepass? | Brauche ich einen Führerschein?
        Gibt es das Hemd in rot? | Gibt es das Hemd in blau?
        Wie viel kostet der Strom? | Wie viel kostet das Gas?
        Wie komme ich von Berlin nach Hamburg? | Wie komme ich von Hamburg nach Berlin?
        Flug von Wien nach Rom | Flug von Rom nach Wien
        Wann ist die Prüfung? | Wo ist die Prüfung?
        Warum ist der Laden zu? | Wann ist der Laden zu?
        Wie wird das Wetter heute? | Wie wird das Wetter morgen?
        Die Rechnung vom letzten Monat | Die Rechnung vom nächsten Monat
        Kündigung nach zwei Jahren | Kündigung nach fünf Jahren
        Ich möchte 20 Euro überweisen | Ich möchte 200 Euro überweisen
        Darf ich hier parken? | Darf ich hier nicht parken?
        Ich habe das Paket bekommen | Ich habe das Paket nicht bekommen
        Kann ich mit Karte zahlen? | Kann ich ohne Karte zahlen?
        Was heißt „Feierabend“? | Was heißt „Brotzeit“?
        Fasse den Text in einem Satz zusammen | Fasse den Text ausführlich zusammen
        """

    static let alike = """
        Wie setze ich mein Passwort zurück? | Ich möchte mein Passwort zurücksetzen
        Wo ist meine Bestellung? | Können Sie mir sagen, wo meine Bestellung ist?
        Wie kann ich mein Abo kündigen? | Ich will mein Abo kündigen
        Was ist die Hauptstadt von Frankreich? | Nenne mir die Hauptstadt von Frankreich
        Wie lange dauert der Versand? | Wie lange dauert die Lieferung?
        Kann ich mit PayPal bezahlen? | Akzeptieren Sie PayPal?
        Meine Karte wurde abgelehnt | Warum wurde meine Karte abgelehnt?
        Wie wird das Wetter morgen in Berlin? | Wie ist morgen das Wetter in Berlin?
        Wie ändere ich meine Adresse? | Ich möchte meine Adresse ändern
        Was kostet das Ticket? | Wie viel kostet das Ticket?
        Wie lösche ich mein Konto? | Wie kann ich mein Konto löschen?
        Ist Parken kostenlos? | Muss ich für das Parken zahlen?
        Wie komme ich mit dem Zug von Wien nach Graz? | Wie komme ich von Wien nach Graz mit dem Zug?
        Was ist der Unterschied zwischen Hund und Wolf? | Was ist der Unterschied zwischen Wolf und Hund?
        Ich brauche Hilfe bei der Anmeldung | Bitte helfen Sie mir bei der Anmeldung
        Guten Tag, wann haben Sie geöffnet? | Wann haben Sie geöffnet?
        Mach bitte das Licht im Bad an | Bitte mach das Licht im Bad an
        Drei Nächte in Hamburg | 3 Nächte in Hamburg
        Wer hat Faust geschrieben? | Von wem wurde Faust geschrieben?
        Wie hoch ist der Eiffelturm? | Welche Höhe hat der Eiffelturm?
        Meine Rechnung ist falsch | Die Rechnung stimmt nicht
        Wie installiere ich die App? | Wie kann ich die App installieren?
        Kann ich den Termin verschieben? | Ist es möglich, den Termin zu verschieben?
        Brauche ich ein Visum für Japan? | Ist für Japan ein Visum nötig?
        """
}
