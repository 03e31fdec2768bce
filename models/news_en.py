"""English news sentences and headlines with their trees, put together from augment.toml's `news` words."""

from __future__ import annotations

import random
from typing import Any

from made import Maker, Node, flattened
from treebank import Gold

FIN = "Mood=Ind|Number={}|Person=3|Tense={}|VerbForm=Fin"
FEATS = {
    "part": "Tense=Past|VerbForm=Part", "pass": "Tense=Past|VerbForm=Part|Voice=Pass", "inf": "VerbForm=Inf",
    "ing": "Tense=Pres|VerbForm=Part", "ger": "VerbForm=Ger",
}  # fmt: skip
CLAUSES = ["after", "after", "as", "as", "while", "before", "because", "when", "if", "since"]
BACKED = [("backed", "back"), ("led", "lead"), ("led", "lead"), ("backed", "back"), ("based", "base"), ("run", "run"),
          ("held", "hold"), ("sponsored", "sponsor"), ("brokered", "broker"), ("occupied", "occupy")]  # fmt: skip
FORM = {"inf": 0, "plur": 0, "sing": 1, "past": 2, "part": 3, "pass": 3, "ing": 4, "ger": 4}


def news(pack: dict[str, Any], rng: random.Random) -> Gold:
    """A headline (no articles, no stop) or a full sentence."""
    style = Style(pack, rng, full=rng.random() < 0.45)
    root = style.sentence()
    if style.full:
        root.right.append(Node(".", ".", "PUNCT", "", "punct"))
    gold = flattened(root)
    if style.full:
        gold.words[0] = gold.words[0][0].upper() + gold.words[0][1:]
    elif rng.random() < 0.15:  # Capitals on All Words
        gold.words = [w[0].upper() + w[1:] if len(w) > 3 or u in ("NOUN", "VERB") else w
                      for w, u in zip(gold.words, gold.upos, strict=True)]  # fmt: skip
    elif rng.random() < 0.85:
        gold.words[0] = gold.words[0][0].upper() + gold.words[0][1:]
    return gold


def forms(line: str) -> str:
    """Base, -s, past, participle, -ing of a line; a regular verb's line is its base alone."""
    base, *rest = line.split()
    if len(rest) >= 4:
        return line
    stem = base[:-1] if base.endswith("e") else base
    es = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    past = stem + "ed"
    if base.endswith("y") and base[-2] not in "aeiou":
        es, past = base[:-1] + "ies", base[:-1] + "ied"
    return " ".join([base, es, past, past, stem + "ing", *rest])


class Style(Maker):
    """Makes the parts of one sentence."""

    def proper(self, word: str, rel: str = "root") -> Node:
        parts = word.split()
        nodes = [Node(p, p, "PROPN", "Number=Sing") for p in parts]
        head = nodes[-1]
        for n in nodes[:-1]:
            n.rel = "compound"
        head.left, head.rel = nodes[:-1], rel
        return head

    def country(self) -> Node:
        """A country, capital, or body; with its article in full sentences."""
        if self.chance(0.45):
            return self.proper(self.rng.choice(self.pack["capitals"] + self.words["countries"]))
        if self.chance(0.35):
            return self.proper(self.pick("groups"))
        node = self.proper(self.pick("bodies"))
        if self.full or self.chance(0.05):
            node.left.insert(0, Node("the", "the", "DET", "Definite=Def|PronType=Art", "det"))
        return node

    def person(self) -> Node:
        names = self.words["surnames"] + self.pack["last"]
        if self.chance(0.6):
            return self.proper(self.rng.choice(names))
        first = Node(f := self.rng.choice(self.pack["first"]), f, "PROPN", "Number=Sing")
        first.right = [Node(n := self.rng.choice(names), n, "PROPN", "Number=Sing", "flat")]
        return first

    def noun(self, word: str, *, the: float = 0.5) -> Node:
        """A noun phrase: "peace deal", "warships"; a trailing + marks a plural (form+lemma)."""
        *before, last = word.split()
        form, plus, lemma = last.partition("+")
        node = Node(form, lemma or form, "NOUN", "Number=Plur" if plus else "Number=Sing")
        if "-" in form:  # cut like every hyphenated word: cease - fire
            one, form = form.split("-")
            node.word, node.lemma = form, lemma.rpartition("-")[2] or form
            before.append(one)
        node.left = [Node(b, b, "NOUN", "Number=Sing", "compound") for b in before]
        if node.left and node.word == form and "-" in word:
            node.left[-1].right = [self.hyphen()]
            node.left[-1].tight = True
        if self.chance(0.07):
            node.left.insert(0, self.backed())
        elif self.chance(0.2):
            adjective = self.rng.choice([*self.pack["adjectives"], *self.words["qualities"]])
            node.left.insert(0, Node(adjective, adjective, "ADJ", "Degree=Pos", "amod"))
        elif self.chance(0.12):
            node.left.insert(0, self.proper(self.rng.choice(self.words["compounds"]), "compound"))
        if plus and self.chance(0.12):
            node.left.insert(0, Node(n := self.pick("numbers"), n, "NUM", "NumType=Card", "nummod"))
        elif self.full and (not plus or self.chance(0.25)):
            if plus or self.chance(the):
                node.left.insert(0, Node("the", "the", "DET", "Definite=Def|PronType=Art", "det"))
            else:
                article = "an" if flattened(node).words[0][0] in "aeiouAEIO" else "a"
                node.left.insert(0, Node(article, "a", "DET", "Definite=Ind|PronType=Art", "det"))
        return node

    def hyphen(self) -> Node:
        mark = Node("-", "-", "PUNCT", "", "punct")
        mark.tight = True
        return mark

    def backed(self) -> Node:
        """Iran-backed, US-led; cut into three words."""
        verb = Node(*self.rng.choice(BACKED), "VERB", "Tense=Past|VerbForm=Part|Voice=Pass", "amod")
        who = self.proper(self.rng.choice([*self.words["compounds"], *self.words["countries"]]), "obl:unmarked")
        who.tight = True
        who.right = [self.hyphen()]
        verb.left = [who]
        return verb

    def actor(self) -> tuple[Node, bool]:
        """Who acts, and whether the verb is plural."""
        roll = self.rng.random()
        if roll < 0.4:
            return self.country(), False
        if roll < 0.48:
            return self.officer(), False
        if roll < 0.62:
            return self.described(), False
        if roll < 0.7:  # UN chief, China foreign minister
            node = self.noun(self.pick("titles"), the=0.8)
            if not any(c.rel in ("compound", "amod") for c in node.left):
                at = len([c for c in node.left if c.rel == "det"])
                node.left.insert(at, self.proper(self.rng.choice(self.words["compounds"]), "compound"))
            return node, False
        if roll < 0.9:
            node = self.noun(self.pick("crowds"))
            if all(n.rel in ("det", "nummod") and n.lemma != "a" for n in node.left) and self.chance(0.5):
                demonym = self.rng.choice(self.pack["adjectives"])
                node.left.append(Node(demonym, demonym, "ADJ", "Degree=Pos", "amod"))
            return node, "Plur" in node.feats or node.word == "police"
        return self.joined(), True

    def officer(self) -> Node:
        """Foreign Minister X, US President X, army spokesman X."""
        person = self.person()
        title = self.rng.choice(self.words["posts"])
        *before, last = title.split()
        kind = "PROPN" if last[0].isupper() else "NOUN"
        post = Node(last, last, kind, "Number=Sing", "nmod:desc")
        post.left = [
            Node(w, w, "ADJ", "Degree=Pos", "amod") if w in ("Foreign", "Prime", "Vice", "foreign") else
            Node(w, w, kind, "Number=Sing", "compound") for w in before
        ]  # fmt: skip
        if self.chance(0.55):
            if self.chance(0.6):
                adjective = self.rng.choice(self.pack["adjectives"])
                post.left.insert(0, Node(adjective, adjective, "ADJ", "Degree=Pos", "amod"))
            else:
                post.left.insert(0, self.proper(self.rng.choice(self.words["compounds"]), "compound"))
        person.left.insert(0, post)
        return person

    def described(self) -> Node:
        """X, the foreign minister of Y, … in full sentences."""
        person = self.person()
        if self.full and self.chance(0.4):
            role = self.noun(self.pick("titles"), the=0.8)
            if self.chance(0.5):
                role.right.append(self.country().as_("nmod", self.case("of")))
            person.right.append(self.aside(role, "appos"))
        return person

    def aside_on(self, who: Node, plural: bool) -> None:
        """… , accused by X of …, / , which …, between the subject and its verb."""
        if any(n.rel in ("appos", "conj") for n in who.right):
            return
        if self.chance(0.5):
            verb = self.predicate(self.rng.choice(["plurpast", "plur"] if plural else ["past", "sing"]), nested=True)
            word = "who" if "Number=Plur" in who.feats or any(n.rel == "flat" for n in who.right) else "which"
            verb.left.insert(0, Node(word, word, "PRON", "PronType=Rel", "nsubj"))
            who.right.append(self.aside(verb, "acl:relcl"))
            return
        accused = self.chance(0.4)
        verb = self.verb("accuse accuses accused accused accusing" if accused else self.pick("with_people"), "pass")
        if self.chance(0.7):
            verb.right.append(self.actor()[0].as_("obl:agent", self.case("by")))
        if accused:
            verb.right.append(self.doing("of"))
        who.right.append(self.aside(verb, "acl"))

    def doing(self, mark: str) -> Node:
        """of shelling a village, after meeting X."""
        return self.predicate("ing", nested=True).as_("advcl", Node(mark, mark, "SCONJ", "", "mark"))

    def joined(self) -> Node:
        first, count = self.country(), 2 + (self.rng.random() < 0.25)
        for k in range(1, count):
            other = self.country().as_("conj")
            joint = "and" if k == count - 1 and (self.full or self.chance(0.4)) else ","
            mark = Node(joint, joint, *(("CCONJ", "", "cc") if joint == "and" else ("PUNCT", "", "punct")))
            first.right.append(other.as_("conj", mark))
        return first

    def target(self) -> Node:
        """Whom the verb hits: a country, a person, a group."""
        roll = self.rng.random()
        if roll < 0.55:
            return self.country()
        return self.person() if roll < 0.7 else self.noun(self.rng.choice(self.words["people"] + self.words["crowds"]))

    def case(self, word: str) -> Node:
        return Node(word, word, "ADP", "", "case")

    def verb(self, line: str, form: str) -> Node:
        """A verb in a form, with its particle if it has one."""
        parts = forms(line).split()
        fin = FIN.format("Plur" if form.startswith("plur") else "Sing", "Past" if form.endswith("past") else "Pres")
        at = FORM["past"] if form.endswith("past") else FORM[form]
        node = Node(parts[at], parts[0], "VERB", FEATS.get(form, fin))
        if len(parts) > 5:
            node.right = [Node(parts[5], parts[5], "ADP", "", "compound:prt")]
        return node

    def places(self, verb: Node) -> None:
        """When, where, over what: after everything else."""
        if self.chance(0.35):
            verb.right.append(self.place())
        if self.chance(0.25):
            thing = self.noun(self.rng.choice(self.words["matters"]))
            verb.right.append(thing.as_("obl", self.case(self.pick("over"))))
        if self.chance(0.15 + 0.2 * self.full):
            verb.right.append(self.day())

    def place(self) -> Node:
        return self.proper(self.rng.choice(self.pack["capitals"] + self.words["countries"])).as_("obl", self.case("in"))

    def day(self) -> Node:
        if self.chance(0.3):
            month = Node(m := self.rng.choice(self.pack["months"]), m, "PROPN", "Number=Sing")
            return month.as_("obl", self.case("in"))
        day = Node(d := self.rng.choice(self.pack["weekdays"]), d, "PROPN", "Number=Sing")
        return day.as_("obl", self.case("on")) if self.chance(0.6) else day.as_("obl:unmarked")

    def predicate(self, form: str, *, nested: bool = False) -> Node:
        """A verb in a form with its objects."""
        roll = self.rng.random()
        if nested:
            roll *= 0.7
        if roll < 0.06:  # send an opponent to prison
            verb = self.verb(self.pick("with_fixed").partition("|")[0], form)
            end = self.rng.choice(self.words["ends"])
            verb.right += [self.target().as_("obj"), Node(end, end, "NOUN", "Number=Sing").as_("obl", self.case("to"))]
        elif roll < 0.25:  # things: sink a warship, tear up a deal
            verb = self.verb(self.pick("with_things"), form)
            thing = self.noun(self.rng.choice(self.words["things"] + self.words["matters"]))
            if self.chance(0.25):
                thing.right.append(self.country().as_("nmod", self.case(self.pick("links"))))
            verb.right.append(thing.as_("obj"))
        elif roll < 0.42:  # people and countries: slam the US, recall an ambassador
            verb = self.verb(self.pick("with_people"), form)
            who = self.target()
            if who.lemma in self.words["links_to"] and self.chance(0.5):
                who.right.append(self.country().as_("nmod", self.case("to")))
            verb.right.append(who.as_("obj"))
        elif roll < 0.5:  # impose sanctions on Belarus
            line, _, frame = self.pick("with_both").partition("|")
            noun, _, case = frame.strip().rpartition(" ")
            verb = self.verb(line, form)
            thing = self.target() if noun == "-" else self.noun(noun)
            other = self.noun(self.rng.choice(self.words["matters"])) if noun == "-" else self.country()
            verb.right += [thing.as_("obj"), other.as_("obl", self.case(case))]
        elif roll < 0.72:  # agree to talks, arrive in Beijing
            line, _, frame = self.pick("without").partition("|")
            verb = self.verb(line, form)
            self.inner_day(verb)
            if frame.strip():
                case, kind = frame.split()
                other = self.country() if kind == "who" else self.noun(self.rng.choice(self.words["matters"]))
                verb.right.append(other.as_("obl", self.case(case)))
        elif roll < 0.84:  # vow to …
            verb = self.verb(self.pick("to_do"), form)
            self.inner_day(verb)
            verb.right.append(self.infinitive("xcomp"))
            return verb
        elif roll < 0.92:  # urge Myanmar to …
            verb = self.verb(self.pick("make_do"), form)
            verb.right += [self.target().as_("obj"), self.infinitive("xcomp")]
            return verb
        else:  # says …
            verb = self.verb(self.pick("say"), form)
            self.inner_day(verb)
            who, plural = self.actor()
            said = self.predicate(self.rng.choice(["plurpast", "past"] if plural else ["past"]), nested=True)
            said.left.insert(0, who.as_("nsubj"))
            if self.chance(0.25):
                said.left.insert(0, Node("that", "that", "SCONJ", "", "mark"))
            verb.right.append(said.as_("ccomp"))
            return verb
        if not nested or self.chance(0.3):
            self.places(verb)
        if not nested and self.chance(0.05):  # … to investigate the attack
            verb.right.append(self.infinitive("advcl"))
        elif not nested and self.chance(0.1):
            verb.right.append(self.clause(form))
        elif self.chance(0.05):
            verb.right.append(self.doing(self.rng.choice(["after", "after", "before", "by", "for", "without"])))
        return verb

    def inner_day(self, verb: Node) -> None:
        """Said on Monday that …; agreed Monday to …"""
        if self.chance(0.22 if self.full else 0.04):
            verb.right.append(self.day())

    def clause(self, form: str) -> Node:
        """After a drone hit …, as leaders meet …"""
        who, plural = self.actor()
        past = form.endswith("past") or self.chance(0.3)
        verb = self.predicate(("plurpast" if plural else "past") if past else "plur" if plural else "sing", nested=True)
        word = self.rng.choice(CLAUSES)
        return verb.as_("advcl", Node(word, word, "SCONJ", "", "mark"), who.as_("nsubj"))

    def infinitive(self, rel: str) -> Node:
        verb = self.predicate("inf", nested=True)
        mark = Node("to", "to", "PART", "", "mark")
        if self.chance(0.1):
            verb.left.append(Node("not", "not", "PART", "Polarity=Neg", "advmod"))
        return verb.as_(rel, mark)

    def sentence(self) -> Node:
        roll = self.rng.random()
        if roll < (0.08 if self.full else 0.03):
            return self.passive()
        who, plural = self.actor()
        if roll < 0.24 and not self.full:  # Trump to visit Rwanda
            verb = self.predicate("inf", nested=self.chance(0.5))
            verb.left = [who.as_("nsubj"), Node("to", "to", "PART", "", "mark")]
            return verb
        if roll < 0.34:
            return self.helped(who, plural)
        past = self.chance(0.85 if self.full else 0.08)
        form = ("plurpast" if plural else "past") if past else "plur" if plural else "sing"
        verb = self.predicate(form)
        if self.full and self.chance(0.2):
            self.aside_on(who, plural)
        if self.chance(0.06):  # slams US, vows to …
            second = self.predicate(form, nested=True)
            joint = Node("and", "and", "CCONJ", "", "cc") if self.chance(0.6) else Node(",", ",", "PUNCT", "", "punct")
            verb.right.append(second.as_("conj", joint))
        verb.left.insert(0, who.as_("nsubj"))
        if self.chance(0.05):
            verb.left.insert(0, Node(",", ",", "PUNCT", "", "punct"))
            verb.left.insert(0, self.place() if self.chance(0.5) else self.day())
        return verb

    def helped(self, who: Node, plural: bool) -> Node:
        """will recall, has recalled, are recalling."""
        kind = self.rng.choice(["will", "have", "be", "not"])
        verb = self.predicate({"will": "inf", "have": "part", "be": "ing", "not": "inf"}[kind])
        fin = FIN.format("Plur" if plural else "Sing", "Pres")
        if kind == "will":
            helpers = [Node("will", "will", "AUX", "VerbForm=Fin", "aux")]
        elif kind == "have":
            helpers = [Node("have" if plural else "has", "have", "AUX", fin, "aux")]
        elif kind == "be":
            helpers = [Node("are" if plural else "is", "be", "AUX", fin, "aux")]
        else:
            past = FIN.format("Plur" if plural else "Sing", "Past")
            helpers = [Node("did", "do", "AUX", past, "aux"), Node("not", "not", "PART", "Polarity=Neg", "advmod")]
        verb.left = [who.as_("nsubj"), *helpers]
        return verb

    def passive(self) -> Node:
        """Journalist arrested in Turkey; two soldiers were killed in a blast."""
        nouns = self.words["people"] + self.words["crowds"]
        who = self.noun(self.rng.choice(nouns)) if self.chance(0.7) else self.person()
        verb = self.verb(self.pick("with_people"), "pass")
        plural = "Plur" in who.feats or who.word == "police"
        if self.full or self.chance(0.05):
            feats = FIN.format("Plur" if plural else "Sing", "Past")
            verb.left.append(Node("were" if plural else "was", "be", "AUX", feats, "aux:pass"))
        if self.chance(0.3):
            verb.right.append(self.actor()[0].as_("obl:agent", self.case("by")))
        self.places(verb)
        verb.left.insert(0, who.as_("nsubj:pass"))
        return verb
