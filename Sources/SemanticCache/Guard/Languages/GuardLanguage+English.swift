extension GuardLanguage {
    static let english = GuardLanguage(
        language: .english,
        opposites: Self.englishOpposites,
        slotOpposites: """
            on | off
            in | out
            in into | outside
            up | down
            before | after
            above over | below under beneath
            over | under
            top | bottom
            left | right
            right | wrong
            front | back rear
            near close_to | far
            here | there
            high | low
            big large huge | small little tiny
            long | short
            tall | short
            wide broad | narrow
            thick | thin
            deep | shallow
            heavy | light
            light bright | dark
            fast quick quickly rapid | slow slowly
            early | late
            earlier sooner | later
            old | new young
            new | used
            good great | bad poor terrible
            better | worse
            best | worst
            strong | weak
            hard difficult | easy simple
            hard | soft
            happy glad | sad unhappy
            clean | dirty
            full | empty
            loud | quiet
            sweet | sour bitter salty
            smooth | rough
            tight | loose
            sharp | blunt dull
            real | fake
            same | different
            alone single | together
            single | double
            single individual | joint
            both | neither
            free | paid
            active | inactive
            able | unable
            can | cannot
            always | never
            often frequently | rarely seldom
            everybody everyone | nobody
            something everything | nothing
            day | night
            morning | evening
            am | pm
            yes | no
            come came | go went
            give gave given | take took taken
            give gave given | get got
            pay paid paying | get_paid receive
            make made | break broke broken
            push | pull
            throw threw | catch caught
            stand | sit
            sleep | wake
            laugh | cry
            save saved | spend spent
            save saved | lose lost
            show shown | hide
            keep | discard
            build | destroy
            fix repair | break
            love | hate
            human | machine
            light | heavy
            odd | even
            plus | minus
            gain | lose
            owe owed | own owned
            dog | cat
            plan | cancel
            apply | withdraw
            sold | bought
            my | others
            into | from
            for | against
            for pro | anti
            to | from
            rise rose | fall fell
            import | export
            help | harm
            hot warm | cold cool
            enter | leave
            join joined | leave left
            join joined merg* | split separat*
            attach | remove
            wear put_on | take_off
            """,
        converses: """
            buy bought purchas* | sell sold
            sell sold | rent rented
            send sent sending | receiv* get_money got_money
            borrow | lend lent
            teach taught | learn learned learnt
            ask asked | answer answered
            sender | recipient receiver addressee
            buyer purchaser | seller vendor
            employer | employee
            landlord | tenant
            teacher tutor | student pupil
            lend lent | repay repaid
            debtor borrower | creditor lender
            """,
        quantifiers: """
            at_least no_less_than minimum_of not_less_than | at_most no_more_than maximum_of up_to not_more_than
            more_than over greater_than above exceeding upwards_of | less_than under fewer_than below
            all every each entire | some any_of part_of a_few several few | none no
            all every | only_one
            always | sometimes | never
            most | least
            many | few
            both | either | neither
            before earlier_than | after later_than since
            before prior_to | after following
            within inside_of | after beyond
            until till | from starting
            exactly precisely | about around approximately roughly nearly almost
            only just solely | also too as_well
            once | twice | thrice three_times
            single one_time | multiple several many
            first_time | again second_time
            daily every_day | weekly every_week | monthly every_month | quarterly | yearly annually every_year annual
            hourly every_hour | daily every_day
            half | double | triple | quarter
            average mean | median | mode
            """,
        entities: Self.englishEntities,
        askings: """
            when what_time what_day what_date how_soon by_when since_when how_long what_duration \
            how_long_ago | where \
            what_place what_location which_place what_city whereabouts | why how_come what_reason for_what_reason \
            what_is_the_reason | how_much what_price what_cost what_does_it_cost | how_many what_number | how_often \
            how_frequently what_frequency | how_far what_distance | how_old what_age | how_tall how_high \
            what_height | \
            how_big how_large what_size | how_fast how_quickly what_speed | who whom which_person | whose
            how how_do how_can how_to | when | who
            meaning mean definition define defined means | example examples | pronounc* pronunciation | spell \
            spelled spelling | origin etymology | synonym synonyms | antonym antonyms | translat* translation
            price cost costs pricing fee fees charge | size dimensions | weight weigh | height | length \
            | width | color \
            colour | speed | depth | population | area | capital | currency | president prime_minister | \
            language | flag \
            | climate | gdp | cause causes | symptom symptoms sign signs | treatment treatments cure cures remedy \
            remedies | prevention | diagnosis | dosage dose | side_effects side_effect | author writer | director | \
            publisher | inventor | founder | history | phone_number telephone_number | email_address | opening_hours
            """,
        referents: """
            my mine our ours | your yours | his | her hers | their theirs | its
            this these | that those
            i we | you | he | she | they
            """,
        times: """
            yesterday | today tonight now right_now currently at_the_moment | tomorrow
            last_week | this_week | next_week
            last_month | this_month | next_month
            last_year | this_year | next_year
            last_weekend | this_weekend | next_weekend
            last_night | tonight | tomorrow_night
            last_summer | this_summer | next_summer
            last_time | next_time | first_time
            morning breakfast_time | noon midday lunchtime | afternoon | evening tonight | midnight
            weekday weekdays workday workdays | weekend weekends
            hour hours | day days | week weeks | month months | year years | decade decades | century centuries
            bc bce | ad_year
            past ago | in_the_future from_now
            """,
        formats: """
            as_json in_json json_format as_a_json | as_xml in_xml xml_format | as_yaml in_yaml yaml_format | as_csv \
            in_csv csv_format | as_a_table in_a_table table_format as_table | as_markdown in_markdown \
            markdown_format \
            | as_html html_format | bullet_point bullet_points bulleted_list as_bullets as_a_list \
            bulleted | plain_text
            in_one_sentence one_sentence single_sentence | in_two_sentences two_sentences | in_three_sentences \
            three_sentences | in_one_word one_word | in_one_paragraph one_paragraph single_paragraph | \
            in_two_paragraphs two_paragraphs
            in_detail detailed_explanation detailed_answer in_depth | briefly brief in_brief in_short \
            short_answer concise concisely tldr
            as_a_poem as_poem in_verse | as_a_song as_song | as_a_story as_story | as_an_email as_email | as_a_letter
            like_im_five like_im_5 eli5 to_a_child simple_terms simple_words plain_english laymans_terms \
            layman_terms | technical_terms to_an_expert
            formal formally | informal informally
            in_python using_python | in_java using_java | in_javascript using_javascript | in_swift using_swift | \
            in_rust using_rust | in_go using_go | in_ruby using_ruby | in_php using_php | in_sql using_sql | in_bash \
            using_bash | in_kotlin using_kotlin | in_typescript using_typescript | in_scala | in_perl | in_haskell
            """,
        fromWords: "from",
        toWords: "to into toward towards",
        joiningWords: "and or vs versus with nor plus",
        vocabulary: Self.englishVocabulary)
}
