extension GuardLanguage {
    static let french = GuardLanguage(
        language: .french,
        opposites: """
            augment* hausse | diminu* rédui* réduction baiss*
            activ* | désactiv*
            allum* | étein* éteign*
            ouvr* ouvert* ouverture | ferm* clôtur*
            commenc* démarr* début* | arrêt* termin* fini* fin
            dépos* verser | retir* retrait
            import* | export*
            téléverser mettre_en_ligne | télécharg*
            abonn* | désabonn* résili*
            connect* | déconnect*
            inscri* | désinscri*
            install* | désinstall*
            verrouill* bloqu* | déverrouill* débloqu*
            chiffr* | déchiffr*
            ajout* | supprim* enlev* retir*
            supprim* effac* | restaur* récupér* conserv*
            cré* | supprim* détrui*
            réserv* confirm* | annul*
            renouvel* | résili* annul*
            accept* approuv* | refus* rejet*
            autoris* permis | interdi*
            gagn* | perd* perte
            perdu* | trouv* retrouv*
            arriv* | départ* part partir
            entr* entrée | sort* sortie
            entrant* | sortant*
            débit* | crédit*
            minimum minimal* | maximum maximal*
            plus_bas moins_élevé | plus_haut plus_élevé
            premier première premiers premières | dernier dernière derniers dernières
            précédent* passé | suivant* prochain*
            ancien* | nouveau nouvelle nouveaux nouvelles récent*
            interne* intérieur* | externe* extérieur*
            national* | international* étranger
            public publique* | privé*
            virtuel* numérique | physique*
            ligne | agence magasin
            automatique* | manuel*
            supérieur* | inférieur*
            croissant* | décroissant*
            positif positive* | négatif négative*
            addition* | soustr*
            multipli* | divis*
            vrai* | faux fausse*
            valide* | invalide* expiré*
            possible* | impossible*
            disponible* | indisponible*
            sûr* | dangereu*
            correct* juste | incorrect* erroné*
            payé* réglé* | impayé*
            marié* | célibataire* divorcé*
            homme* masculin* | femme* féminin*
            père | mère
            fils | fille
            frère | sœur soeur
            nord | sud
            est | ouest
            été | hiver
            gauche | droite
            bénéfice* profit | perte* déficit
            recette* revenu* | dépense*
            brut* | net nette
            fixe* | variable*
            aller | retour
            avantage* | inconvénient*
            cause* | traitement* conséquence*
            aigu* | chronique*
            plein_temps temps_plein | temps_partiel
            permanent* | temporaire* provisoire*
            obligatoire* | facultatif* facultative* optionnel*
            inclus* compris* inclure | exclu* sauf excepté
            naissance né | mort décès
            guerre | paix
            ami* | ennemi*
            réussi* succès | échou* échec
            embauch* recrut* | licenci*
            inspir* | expir*
            chaud* | froid*
            pas_cher bon_marché | cher coûteu*
            singulier | pluriel
            majuscule* | minuscule*
            charge charger | décharg*
            """,
        slotOpposites: """
            avant | après
            sur dessus | sous dessous
            dans | hors
            haut | bas
            devant | derrière
            près | loin
            ici | là
            grand grande grands grandes gros | petit petite petits petites
            long longue | court courte
            rapide rapidement vite | lent lentement
            tôt | tard
            vieux vieille | jeune neuf
            bon bonne bons bonnes | mauvais mauvaise
            meilleur meilleure | pire
            fort forte | faible
            facile | difficile
            plein | vide
            même | différent
            seul | ensemble
            gratuit gratuite | payant payante
            actif active | inactif inactive
            toujours | jamais
            tout | rien
            jour | nuit
            matin | soir
            venir | aller
            donner | prendre
            monter | descendre
            chien | chat
            plus | moins
            """,
        converses: """
            achet* achat | vend* vente
            envoy* envoi | recev* reçu* réception
            prêt* | emprunt*
            lou* locataire | propriétaire bailleur
            appren* | enseign*
            expéditeur* | destinataire*
            acheteur* | vendeur*
            employeur* | employé* salarié*
            """,
        quantifiers: """
            au_moins minimum_de | au_plus au_maximum maximum_de
            plus_de plus_que | moins_de moins_que
            tous toutes tout chaque | quelques certains certaines plusieurs | aucun aucune
            toujours | parfois quelquefois | jamais
            beaucoup | peu
            avant jusqu | après depuis
            exactement précisément | environ approximativement
            seulement uniquement | aussi également
            une_fois | deux_fois | trois_fois
            quotidien* tous_les_jours | hebdomadaire* toutes_les_semaines | mensuel* tous_les_mois | \
            annuel* tous_les_ans
            moitié demi | double | triple
            moyenne | médiane | mode
            """,
        entities: """
            janvier février mars avril mai juin juillet août septembre octobre novembre décembre
            lundi=lundis mardi=mardis mercredi=mercredis jeudi=jeudis vendredi=vendredis samedi=samedis \
            dimanche=dimanches
            france=français=française allemagne=allemand=allemande italie=italien=italienne \
            espagne=espagnol=espagnole portugal \
            belgique suisse luxembourg angleterre=royaume_uni=anglais=anglaise irlande écosse danemark \
            suède norvège finlande \
            pologne tchéquie hongrie roumanie bulgarie grèce turquie russie ukraine croatie serbie \
            états_unis=usa=amérique \
            canada=québec mexique brésil argentine chili colombie pérou chine japon inde corée thaïlande \
            vietnam australie \
            égypte maroc algérie tunisie sénégal israël iran
            paris lyon marseille toulouse nice nantes strasbourg montpellier bordeaux lille rennes \
            genève lausanne zurich \
            bruxelles londres berlin munich rome milan madrid barcelone lisbonne amsterdam vienne prague \
            varsovie athènes \
            moscou tokyo pékin shanghai montréal toronto boston chicago
            euro=euros dollar=dollars livre=livres franc=francs yen
            visa mastercard paypal amex sepa
            facebook instagram twitter tiktok whatsapp telegram youtube linkedin
            google microsoft apple amazon netflix tesla samsung
            iphone=ios android windows linux mac=macos
            chrome firefox safari edge
            python java javascript typescript rust php ruby kotlin scala
            rouge=rouges bleu=bleue=bleus vert=verte=verts jaune=jaunes noir=noire=noirs \
            blanc=blanche=blancs gris=grise marron \
            rose violet orange
            petit_déjeuner déjeuner dîner
            chien chat cheval vache cochon mouton oiseau souris lapin
            pomme=pommes poire=poires banane=bananes orange=oranges cerise=cerises fraise=fraises
            riz pâtes pain
            eau lait café thé bière vin jus
            voiture bus train avion vélo bateau tramway
            passeport carte_identité permis
            carte_crédit carte_débit
            électricité gaz internet
            pdf docx jpg png json xml csv html
            vol=vols hôtel=hôtels
            tête ventre dos genou cou hanche épaule
            diabète cancer asthme grippe rougeole migraine
            fièvre toux rhume diarrhée
            physique_chimie biologie mathématiques histoire géographie
            """,
        askings: """
            quand depuis_quand jusqu_à_quand combien_de_temps à_quelle_heure | où | pourquoi | combien | qui
            comment | quand | qui
            prix tarif coût frais | taille | poids | couleur | longueur | largeur | hauteur
            cause causes raison | symptômes signes | traitement | effets_secondaires
            capitale | population | monnaie | langue | président
            numéro_de_téléphone téléphone | adresse | horaires
            """,
        referents: """
            mon ma mes notre nos | ton ta tes votre vos | son sa ses | leur leurs
            """,
        times: """
            hier | aujourd'hui aujourd_hui maintenant actuellement | demain | après_demain | avant_hier
            semaine_dernière semaine_passée | cette_semaine | semaine_prochaine
            mois_dernier mois_passé | ce_mois | mois_prochain
            année_dernière an_dernier | cette_année | année_prochaine an_prochain
            matin | midi | après_midi | soir
            en_semaine | week_end weekend
            """,
        formats: """
            en_json format_json | en_xml | en_csv | sous_forme_de_tableau dans_un_tableau | sous_forme_de_liste \
            en_liste liste_à_puces
            en_une_phrase | en_deux_phrases | en_trois_phrases | en_un_mot | en_un_paragraphe
            en_détail | brièvement en_bref en_résumé
            sous_forme_de_poème en_vers | sous_forme_de_lettre
            termes_simples mots_simples simplement
            en_anglais | en_français | en_allemand | en_espagnol | en_italien
            """,
        fromWords: "de depuis du",
        toWords: "à vers au en",
        joiningWords: "et ou avec ni",
        vocabulary: "")
}
