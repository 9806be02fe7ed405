extension GuardLanguage {
    /// Opposites that mean themselves wherever they stand.
    static let englishOpposites = """
        increas* raise rise rising higher heighten grow | decreas* reduc* lower diminish shrink
        enabl* | disabl*
        activat* | deactivat*
        open opened reopen | close closed
        start begin began begun launch commenc* | stop end ended quit finish halt terminat*
        start resum* continu* | paus*
        deposit deposited pay_in put_money | withdraw* withdrew take_out cash_out
        import imported | export exported
        upload | download
        upgrad* | downgrad*
        subscrib* resubscrib* | unsubscrib*
        log~in login logon sign~in signin | log~out log~off logout logoff sign~out sign~off signout
        sign~up signup register | log~in login sign~in signin
        install installed | uninstall uninstalled
        lock locked | unlock unlocked
        block blocked | unblock unblocked
        freez* froze frozen | unfreez* unfroze unfrozen
        connect connected pair paired | disconnect disconnected unpair
        link linked | unlink unlinked
        follow followed | unfollow unfollowed
        friend befriend | unfriend
        mute muted | unmute unmuted
        hid* | unhid* reveal
        pin pinned | unpin unpinned
        archive archived | unarchive unarchived
        encrypt* encod* | decrypt* decod*
        compress* zip | decompress* unzip extract
        serializ* serialis* | deserializ* deserialis*
        encod* | decod*
        compil* | decompil*
        commit committed | rollback roll_back revert
        push pushed | pull pulled
        insert inserted add added adding append | delet* remov* eras* discard
        add added adding | subtract* remov*
        delet* eras* remov* | restor* recover* undelet* keep kept
        creat* | delet* destroy*
        cancel* | renew* confirm* keep kept reinstat*
        book booked reserv* | cancel* unbook
        accept accepted approv* | reject* declin* refus* deny denied
        allow allowed permit* | forbid forbidden prohibit* ban banned disallow*
        allow allowed permit* | block blocked
        win won winning | lose lost losing
        gain gained | lose lost losing
        lost lose | found find
        find found | lose
        remember remembered | forget forgot forgotten
        arriv* arrival | depart* leav*
        enter entered entrance entry | exit exited leave
        checkin check~in | checkout check~out
        turn~on switch~on switched~on | turn~off switch~off shut~off
        turn~up | turn~down
        opt~in | opt~out
        zoom~in | zoom~out
        speed~up accelerat* | slow~down decelerat*
        warm~up heat~up | cool~down
        scale~up | scale~down
        expand expanded | collapse collapsed contract
        push~up | pull~down
        gain_weight put_on_weight bulk | lose_weight slim
        incoming inbound | outgoing outbound
        debit | credit
        doctor physician | patient
        husband | wife
        prepaid | postpaid
        minim* min lowest least smallest | maxim* max highest most largest biggest
        minor | major
        upper | lower
        more | less fewer
        oldest earliest | newest latest recent
        older | newer younger
        first earliest | last final
        previous past prior former | next upcoming following future
        ancient old_fashioned | modern
        internal inner | external outer
        inside indoor indoors | outside outdoor outdoors
        domestic national | international overseas abroad foreign
        local | global remote
        public | private
        virtual digital electronic | physical plastic
        online | offline
        online | in_store in_person in_branch
        wired | wireless
        manual manually | automatic automatically automat*
        synchronous | asynchronous
        static | dynamic
        mutable | immutable
        absolute | relative
        ascending | descending
        client | server
        frontend front_end | backend back_end
        input | output
        read | write written
        hardware | software
        horizontal* | vertical*
        row | column
        odd | even_number even_numbers
        positive | negative
        add addition | subtract* subtraction
        multiply multipl* | divid* division
        true | false
        valid | invalid
        legal lawful | illegal unlawful
        possible | impossible
        available | unavailable
        safe secure | unsafe dangerous insecure
        healthy | unhealthy
        visible | invisible hidden
        complete completed finished | incomplete unfinished
        correct correctly | incorrect incorrectly wrong wrongly
        right_answer | wrong_answer
        known | unknown
        paid pay | unpaid
        used second_hand | brand_new unused
        employed | unemployed
        married | unmarried single divorced
        male man men boy boys | female woman women girl girls
        boyfriend | girlfriend
        mother mom mum | father dad
        son | daughter
        brother | sister
        uncle | aunt
        king | queen
        north northern | south southern
        east eastern | west western
        left_hand left_side leftmost | right_hand right_side rightmost
        summer | winter
        spring | autumn
        day_time daytime daylight | nighttime
        sunrise dawn | sunset dusk
        lunch | breakfast dinner supper brunch
        breakfast | dinner supper
        hot hottest heat_wave | cold coldest freezing
        wet rain rainy | dry sunny
        rich wealthy | poor
        cheap cheapest inexpensive | expensive costly priciest
        profit surplus | deficit
        profit | loss
        asset | liability liabilities
        income revenue earnings | expense expenses expenditure spending
        bull bullish | bear bearish
        inflation | deflation
        supply | demand
        wholesale | retail
        fixed | variable floating adjustable
        gross | net
        checking | savings
        checking_account current_account | savings_account
        secured | unsecured
        taxable | nontaxable tax_free tax_exempt
        refundable returnable | nonrefundable non_refundable unreturnable
        one_way single_ticket | round_trip return_ticket
        departure | arrival
        takeoff take_off | landing
        pick~up pickup | drop~off dropoff deliver*
        lengthen extend extended prolong | shorten shorter_time
        strengthen | weaken
        tighten | loosen
        harden | soften
        attach attached | detach detached
        assemble assembled | disassemble disassembled
        load loaded | unload unloaded
        fill filled | empty emptied drain
        inflate | deflate
        charge charging | discharge discharging
        dress | undress
        wrap | unwrap
        bend | straighten
        freeze | melt thaw
        boil | freeze
        cure cured treat treated treatment | cause caused causes
        prevent prevented avoid | cause caused promote
        benefit benefits advantage advantages pros upside | drawback drawbacks disadvantage disadvantages cons \
        risk risks side_effect side_effects downside
        acute | chronic
        benign | malignant
        hyper* | hypo*
        prefix | suffix
        overweight | underweight
        constipat* | diarrh*
        inhale | exhale
        systolic | diastolic
        vein veins | artery arteries
        bacteria bacterial | virus viral
        pregnan* | infertil*
        birth born | death die died dead
        alive living | dead deceased
        love loved | hate hated
        like liked | dislike disliked
        agree agreed | disagree disagreed
        prais* complimen* | criticiz* criticis* complain*
        thank | blame
        trust trusted | distrust mistrust
        success succeed succeeded successful successfully | fail failed failure unsuccessful
        victory | defeat
        attack | defend defense defence
        offense offence | defense defence
        war | peace
        friend friends | enemy enemies
        hero | villain
        guilty | innocent
        plaintiff prosecutor | defendant
        introver* | extrover*
        optimis* | pessimis*
        introduction | conclusion
        question questions | answers
        singular | plural
        synonym synonyms | antonym antonyms
        vowel vowels | consonant consonants
        uppercase upper_case | lowercase lower_case
        hire hired recruit | fire fired lay_off laid_off dismiss
        promot* | demot*
        full_time fulltime | part_time parttime
        on_site onsite | remote remotely
        permanent permanently | temporary temporarily
        clockwise | counterclockwise anticlockwise
        backward backwards | forward forwards
        ascend | descend
        import_tax | export_tax
        immigrant immigrat* | emigrant emigrat*
        vegetarian vegan | meat
        gluten_free | gluten
        allergic | immune
        liquid | solid
        concave | convex
        acid acidic | alkaline basic_solution
        proton | electron neutron
        endotherm* | exotherm*
        natural naturally | artificial artificially synthetic
        theory theoretical | practice_exam practical
        win_rate | loss_rate
        mandatory required compulsory obligatory | optional voluntary
        include included including | exclude excluded excluding except
        agree_to | opt_out
        default_on | default_off
        """
}
