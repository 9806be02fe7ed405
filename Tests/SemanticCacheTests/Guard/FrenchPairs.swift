/// Pairs of questions in French, written for these tests: one of each line must not be served for the other, or may.
enum FrenchPairs {
    static let differing = """
        Comment activer le mode sombre ? | Comment désactiver le mode sombre ?
        Comment ouvrir un compte ? | Comment fermer un compte ?
        Comment augmenter le volume ? | Comment diminuer le volume ?
        Comment ajouter un ami ? | Comment supprimer un ami ?
        Comment installer le pilote ? | Comment désinstaller le pilote ?
        Où puis-je déposer de l'argent ? | Où puis-je retirer de l'argent ?
        Comment bloquer ma carte ? | Comment débloquer ma carte ?
        Quelle est l'heure d'arrivée du train ? | Quelle est l'heure de départ du train ?
        Quels sont les avantages du crédit ? | Quels sont les inconvénients du crédit ?
        Faut-il le prendre avant le repas ? | Faut-il le prendre après le repas ?
        J'ai perdu ma clé | J'ai trouvé ma clé
        Comment me connecter au site ? | Comment me déconnecter du site ?
        Quelle est la dose maximale ? | Quelle est la dose minimale ?
        Est-il autorisé de fumer ? | Est-il interdit de fumer ?
        Comment importer mes contacts ? | Comment exporter mes contacts ?
        Je veux acheter une maison | Je veux vendre une maison
        Comment chiffrer un fichier ? | Comment déchiffrer un fichier ?
        Il faut au moins deux ans | Il faut au plus deux ans
        Tous les clients ont un rabais ? | Certains clients ont un rabais ?
        Quelle est la capitale de la Suède ? | Quelle est la capitale de la Norvège ?
        Quel temps fait-il à Lyon ? | Quel temps fait-il à Nice ?
        Livrez-vous le lundi ? | Livrez-vous le samedi ?
        Avez-vous cette robe en rouge ? | Avez-vous cette robe en noir ?
        Êtes-vous ouverts en août ? | Êtes-vous ouverts en juillet ?
        Puis-je payer avec Visa ? | Puis-je payer avec Mastercard ?
        Un train de Lyon à Paris | Un train de Paris à Lyon
        Convertir des euros en dollars | Convertir des dollars en euros
        Quand ouvre le magasin ? | Où ouvre le magasin ?
        Pourquoi le vol est annulé ? | Quand le vol est annulé ?
        Êtes-vous ouverts aujourd'hui ? | Êtes-vous ouverts demain ?
        Ma facture de la semaine dernière | Ma facture de la semaine prochaine
        Un forfait de deux mois | Un forfait de six mois
        Puis-je entrer avec un chien ? | Puis-je entrer sans chien ?
        Mon colis est arrivé hier | Mon colis n'est pas arrivé hier
        Que veut dire « coup de foudre » ? | Que veut dire « coup de main » ?
        """

    static let alike = """
        Comment réinitialiser mon mot de passe ? | Je veux réinitialiser mon mot de passe
        Où est ma commande ? | Pouvez-vous me dire où est ma commande ?
        Comment annuler mon abonnement ? | Je souhaite annuler mon abonnement
        Quelle est la capitale de l'Italie ? | Dites-moi la capitale de l'Italie
        Puis-je payer avec PayPal ? | Acceptez-vous PayPal ?
        Ma carte a été refusée | Pourquoi ma carte a-t-elle été refusée ?
        Combien coûte le billet ? | Quel est le prix du billet ?
        Comment changer mon adresse ? | Je voudrais changer mon adresse
        Quel temps fera-t-il demain à Paris ? | Quel temps à Paris demain ?
        Comment supprimer mon compte ? | Comment puis-je supprimer mon compte ?
        Bonjour, quand êtes-vous ouverts ? | Quand êtes-vous ouverts ?
        Quelle est la différence entre un chat et un chien ? | Quelle est la différence entre un chien et un chat ?
        Comment aller de Lyon à Nice en train ? | Comment aller en train de Lyon à Nice ?
        Trois nuits à Lille | 3 nuits à Lille
        Ai-je besoin d'un visa pour le Japon ? | Faut-il un visa pour le Japon ?
        Qui a écrit Les Misérables ? | Qui est l'auteur des Misérables ?
        Comment installer l'application ? | Comment puis-je installer l'application ?
        Je n'ai pas reçu mon colis | Mon colis n'a pas été reçu
        Quelle est la hauteur de la tour Eiffel ? | La tour Eiffel mesure combien ?
        Le parking est-il gratuit ? | Est-ce que le parking est gratuit ?
        """
}
