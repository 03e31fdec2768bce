"""French news sentences and headlines with their trees, put together from augment.toml's `news` words."""

from __future__ import annotations

import random
from typing import Any

from made import Maker, Node, flattened
from treebank import Gold

PART = "Gender={}|Number={}|Tense=Past|VerbForm=Part"
FIN = "Mood=Ind|Number={}|Person=3|Tense={}|VerbForm=Fin"
ELIDED = {"de": "d'", "que": "qu'", "se": "s'", "ne": "n'", "le": "l'", "la": "l'"}
CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux", ("de", "des"): "de"}
FEMININE = {"turc": "turque", "grec": "grecque", "public": "publique"}
TOLLS = [("faisant", "faire"), ("faisant", "faire"), ("tuant", "tuer"), ("blessant", "blesser")]
MANY = [("centaines", "centaine"), ("milliers", "millier"), ("dizaines", "dizaine")]
HELP = {"avoir": ("a", "ont", "avait", "avaient", "aura", "auront"),
        "être": ("est", "sont", "était", "étaient", "sera", "seront")}  # fmt: skip
Agree = tuple[bool, str]  # whether the subject is plural, and its gender


def news(pack: dict[str, Any], rng: random.Random) -> Gold:
    """A headline (no stop, fewer articles) or a full sentence."""
    phrase = Phrase(pack, rng, full=rng.random() < 0.62)
    root = phrase.sentence()
    if phrase.full:
        root.right.append(Node(".", ".", "PUNCT", "", "punct"))
    gold = flattened(root)
    _elide(gold)
    if phrase.full or rng.random() < 0.95:
        gold.words[0] = gold.words[0][0].upper() + gold.words[0][1:]
    return gold


def vowel(word: str) -> bool:
    """Whether an article before the word is elided."""
    return word[0].lower() in "aeiouéèêâîôAEIOU" or word.startswith(("homme", "hommage", "hôpita"))


def _elide(gold: Gold) -> None:
    for k in range(len(gold.words) - 1):
        short = ELIDED.get(gold.words[k])
        if short and vowel(gold.words[k + 1]) and gold.upos[k] in ("ADP", "SCONJ", "PRON", "DET", "ADV"):
            gold.words[k] = short
            if gold.upos[k] == "DET":
                gold.feats[k] = "Definite=Def|Number=Sing|PronType=Art"
        if gold.words[k].endswith("'"):
            gold.spaces[k] = False


def adverb(word: str, feats: str = "") -> Node:
    return Node(word, word, "ADV", feats, "advmod")


def number(plural: bool) -> str:
    return "Plur" if plural else "Sing"


def agreed(node: Node) -> Agree:
    """Number and gender of a noun, as its verb agrees with it."""
    feats = node.feats + "".join(n.feats for n in node.left if n.rel == "det")
    return "Number=Plur" in feats or any(n.rel == "conj" for n in node.right), "Fem" if "Fem" in feats else "Masc"


class Verb:
    """The forms of a line: infinitive alone for the regular verbs, else also he, they, participle, future."""

    def __init__(self, line: str) -> None:
        self.inf, *forms = line.split()
        stem = self.inf[:-2]
        self.sing, self.plur, self.part, self.fut = forms or [stem + "e", stem + "ent", stem + "é", self.inf + "a"]

    def fin(self, form: str, plural: bool) -> Node:
        """The present or the future."""
        if form == "fut":
            word, tense = self.fut[:-1] + "ont" if plural else self.fut, "Fut"
        else:
            word, tense = self.plur if plural else self.sing, "Pres"
        return Node(word, self.inf, "VERB", FIN.format(number(plural), tense))

    def past(self, agree: Agree = (False, "Masc"), voice: str = "") -> Node:
        """The past participle."""
        plural, sex = agree
        word = self.part + ("e" if sex == "Fem" else "")
        if plural and not word.endswith("s"):
            word += "s"
        return Node(word, self.inf, "VERB", PART.format(sex, number(plural)) + voice)


class Nouns(Maker):
    """Who and what: noun phrases with their articles, adjectives, names."""

    def det(self, lemma: str, sex: str = "Masc", plural: bool = False) -> Node:
        sure = "Def" if lemma == "le" else "Ind"
        if plural:
            word = "les" if lemma == "le" else "des"
            return Node(word, lemma, "DET", f"Definite={sure}|Number=Plur|PronType=Art", "det")
        word = {"le": ("le", "la"), "un": ("un", "une")}[lemma][sex == "Fem"]
        return Node(word, lemma, "DET", f"Definite={sure}|Gender={sex}|Number=Sing|PronType=Art", "det")

    def several(self) -> Node:
        return Node("plusieurs", "plusieurs", "DET", "Number=Plur|PronType=Ind", "det")

    def count(self) -> Node:
        n = self.pick("numbers")
        return Node(n, n, "NUM", "NumType=Card", "nummod")

    def case(self, node: Node, word: str, rel: str) -> Node:
        """The phrase with a preposition in front, contracted with its article."""
        node.rel = rel
        words = flattened(node).words
        owner = node
        while owner.left and owner.left[0].left:
            owner = owner.left[0]
        merged = CONTRACTED.get((word, words[0])) if owner.left and owner.left[0].upos == "DET" else None
        if merged and (words[0] != "le" or not vowel(words[1])):
            owner.left.pop(0)
            node.left.insert(0, Node(merged, word, "ADP", "", "case"))
        else:
            node.left.insert(0, Node(word, word, "ADP", "", "case"))
        return node

    def during(self, node: Node) -> Node:
        """… lors de la manifestation, lors d'un raid."""
        self.case(node, "de", "obl")
        of = node.left.pop(0)
        node.left.insert(0, Node("lors", "lors", "ADV", "", "case"))
        node.left[0].right = [of.as_("fixed")]
        return node

    def adjective(self, sex: str, plural: bool) -> Node:
        lemma = self.pick("nations" if self.chance(0.75) else "qualities")
        varied, word = not lemma.endswith("e"), lemma
        if sex == "Fem" and varied:
            ends = {"f": lemma[:-1] + "ve", "x": lemma[:-1] + "se", "n": lemma + ("ne" if lemma[-2] == "e" else "e")}
            word = FEMININE.get(lemma) or ends.get(lemma[-1]) or lemma + "e"
            if lemma.endswith("er"):
                word = lemma[:-2] + "ère"
        if plural and not word.endswith(("s", "x")):
            word = word[:-2] + "aux" if word.endswith("al") else word + "s"
        feats = f"Gender={sex}|Number={number(plural)}" if varied else f"Number={number(plural)}"
        return Node(word, lemma, "ADJ", feats, "amod")

    def noun(self, line: str, article: str | None = "un", *, adj: float = 0.3) -> Node:
        """A noun phrase from form/gender/lemma (a lemma marks a plural); what follows the form hangs on it."""
        form, gender, lemma, *_ = [*line.split("/"), "", ""]
        sex, plural = "Fem" if gender == "f" else "Masc", bool(lemma)
        word, *after = form.split()
        node = Node(word, lemma or word, "NOUN", f"Gender={sex}|Number={number(plural)}")
        if after and after[0] in ("de", "d'", "des"):
            inner = Node(after[1], after[1], "NOUN", "Gender=Masc|Number=Sing", "nmod")
            node.right = [inner.as_("nmod", Node(after[0], "de", "ADP", "", "case"))]
        elif after:
            node.right = [Node(after[0], after[0].rstrip("s") if plural else after[0], "ADJ", node.feats, "amod")]
        elif self.chance(adj):
            node.right = [self.adjective(sex, plural)]
        if article and plural and self.chance(0.3):
            node.left = [self.count()]
            if article == "le" and self.chance(0.5):
                node.left.insert(0, self.det("le", sex, True))
        elif article:
            node.left = [self.det(article, sex, plural)]
        return node

    def proper(self, name: str) -> Node:
        first, *rest = name.split()
        node = Node(first, first, "PROPN")
        node.right = [Node(r, r, "PROPN", "", "flat:name") for r in rest]
        return node

    def state(self) -> tuple[str, str]:
        """A country or body, and its article."""
        article, name = self.rng.choice(self.pack["countries"] + self.words["countries"])
        return str(article), str(name)

    def country(self) -> Node:
        if self.chance(0.35):
            return self.proper(self.rng.choice(self.pack["capitals"]))
        article, name = self.state()
        node = self.proper(name)
        if self.full or self.chance(0.85):
            feminine = article == "la" or (article == "l'" and name.endswith("e"))
            node.left = [self.det("le", "Fem" if feminine else "Masc", article == "les")]
        return node

    def with_role(self, node: Node, feminine: bool) -> Node:
        """… en Pologne – voisine de l'Ukraine, qui … –"""
        masculine, other, *_ = self.pick("roles").split()
        role = Node(other if feminine else masculine, other if feminine else masculine, "NOUN")
        role.feats = f"Gender={'Fem' if feminine else 'Masc'}|Number=Sing"
        if self.chance(0.2):
            word = "ancienne" if feminine else "ancien"
            role.left = [Node(word, "ancien", "ADJ", role.feats, "amod")]
        other_side = self.joined() if self.chance(0.3) else self.country()
        role.right = [self.case(other_side, "de", "nmod")]
        for more in [n for n in other_side.right if n.rel == "conj" and self.chance(0.7)]:
            mark = more.left.pop(0)
            self.case(more, "de", "conj")
            more.left.insert(0, mark)
        node.right.append(self.aside(role, "appos", dashes=0.45))
        return node

    def of_country(self, node: Node, *, with_article: float = 0.3) -> Node:
        """… de France, du Mali, des Etats-Unis."""
        article, name = self.state()
        who = self.proper(name)
        if article in ("le", "les"):
            who.left = [self.det("le", "Masc", article == "les")]
        elif self.chance(with_article):
            who.left = [self.det("le", "Fem")]
        node.right.append(self.case(who, "de", "nmod"))
        return node

    def body(self) -> Node:
        """L'Union africaine, les Nations unies, le Conseil de sécurité, le ministère des Affaires étrangères."""
        article, name = self.rng.choice(self.words["bodies"])
        first, *rest = name.split()
        plural, sex = article == "les", "Fem" if article == "la" else "Masc"
        node = Node(first, first, "NOUN", f"Gender={sex}|Number={number(plural)}")
        if rest and rest[0] in ("de", "des", "du", "d'"):
            inner = Node(rest[1], rest[1], "NOUN", f"Gender=Fem|Number={number(rest[0] == 'des')}", "nmod")
            inner.right = [Node(r, r, "ADJ", inner.feats, "amod") for r in rest[2:]]
            node.right = [inner.as_("nmod", Node(rest[0], "de", "ADP", "", "case"))]
        else:
            node.right = [Node(r, r.lower(), "ADJ", node.feats, "amod") for r in rest]
        node.left = [self.det("le", sex, plural)]
        return node

    def person(self) -> Node:
        last = self.rng.choice([*self.pack["last"], *self.words["surnames"]])
        roll = self.rng.random()
        if roll < 0.25:
            return self.proper(last)
        if roll < 0.7:
            return self.proper(f"{self.rng.choice(self.pack['first'])} {last}")
        title, lemma, sex = ("M.", "monsieur", "Masc") if self.chance(0.7) else ("Mme", "madame", "Fem")
        node = Node(title, lemma, "NOUN", f"Gender={sex}|Number=Sing")
        node.right = [Node(p, p, "PROPN", "", "flat:name") for p in last.split()]
        return node

    def title(self, *, name: float = 0.6, article: str | None = "le") -> Node:
        """Le ministre turc de la Défense (, X,)."""
        title, gender, *_ = [*self.pick("titles").split("/"), ""]
        sex = "Fem" if gender == "f" else "Masc"
        node = Node(title, title, "NOUN", f"Gender={sex}|Number=Sing")
        node.left = [self.det(article, sex)] if article else []
        if self.chance(0.12):
            node.left.append(Node("ancienne" if sex == "Fem" else "ancien", "ancien", "ADJ", node.feats, "amod"))
        if self.chance(0.45):
            node.right.append(self.adjective(sex, False))
        if self.chance(0.45):
            node.right.append(self.office())
        elif not node.right and self.chance(0.6):
            self.of_country(node)
        if self.chance(name):
            person = self.proper(f"{self.rng.choice(self.pack['first'])} {self.rng.choice(self.pack['last'])}")
            node.right.append(self.aside(person, "appos") if self.chance(0.35) else person.as_("appos"))
        return node

    def office(self) -> Node:
        case, noun = self.rng.choice(self.pack["contracted_offices"] + self.words["offices"])
        first, *rest = noun.split()
        named = first in self.pack["proper"]
        feats = "" if named else f"Gender=Fem|Number={number(case == 'des')}"
        node = Node(first, first, "PROPN" if named else "NOUN", feats, "nmod")
        node.right = [Node(r, r, "ADJ", feats, "amod") for r in rest]
        de, _, article = case.partition(" ")
        node.left = [Node(de, "de", "ADP", "", "case"), *([self.det("le", "Fem")] if article else [])]
        return node

    def crowd(self) -> Node:
        """Des centaines de manifestants, plusieurs soldats, deux policiers."""
        line, roll = self.pick("crowds"), self.rng.random()
        if roll < 0.2:
            word, many = self.rng.choice(MANY)
            sex = "Masc" if word == "milliers" else "Fem"
            node = Node(word, many, "NOUN", f"Gender={sex}|Number=Plur")
            node.left = [self.det("un", sex, True) if self.chance(0.7) else self.several()]
            node.right = [self.case(self.noun(line, None, adj=0.2), "de", "nmod")]
            return node
        node = self.noun(line, "le" if roll < 0.55 else "un")
        if roll > 0.92:
            node.left[0] = self.several()
        if not self.full and node.left[0].upos == "DET" and self.chance(0.5):
            node.left.pop(0)
        return node

    def actor(self) -> Node:
        """Who acts."""
        roll = self.rng.random()
        if roll < 0.3:
            return self.country()
        if roll < 0.42:
            node = self.person()
            if self.full and self.chance(0.35):
                role = self.title(name=0, article=None if self.chance(0.5) else "le")
                node.right.append(self.aside(role, "appos"))
            return node
        if roll < 0.58:
            return self.title()
        if roll < 0.68:
            return self.body()
        if roll < 0.8:
            return self.noun(self.pick("groups"), "le", adj=0.7)
        return self.crowd() if roll < 0.9 else self.joined()

    def joined(self) -> Node:
        """Paris, Berlin et Londres; la France et l'armée malienne."""
        bare = self.chance(0.45)
        first, count = self.one_of(bare), self.rng.choice([2, 2, 3, 3, 4])
        for k in range(1, count):
            last = k == count - 1
            mark = Node("et", "et", "CCONJ", "", "cc") if last else Node(",", ",", "PUNCT", "", "punct")
            first.right.append(self.one_of(bare).as_("conj", mark))
        return first

    def one_of(self, bare: bool) -> Node:
        if bare:
            return self.proper(self.rng.choice(self.pack["capitals"]))
        roll = self.rng.random()
        if roll < 0.6:
            return self.country()
        node = self.noun(self.pick("groups"), "le") if roll < 0.8 else self.title(name=0.3)
        return node if len(flattened(node).words) < 7 else self.country()

    def target(self) -> Node:
        """Whom an act hits."""
        roll = self.rng.random()
        if roll < 0.3:
            country = self.country()
            plural, sex = agreed(country)
            return self.with_role(country, sex == "Fem") if self.full and not plural and self.chance(0.1) else country
        if roll < 0.42:
            return self.person()
        if roll < 0.62:
            return self.title(name=0.5)
        if roll < 0.72:
            return self.of_country(self.noun("ambassadeur" if self.chance(0.6) else "consul", "le", adj=0))
        if roll < 0.8:
            return self.body()
        return self.crowd() if roll < 0.93 else self.joined()

    def matter(self) -> Node:
        """What it is about: les négociations avec …"""
        node = self.noun(self.pick("matters"), "le" if self.chance(0.6) else "un")
        roll = self.rng.random()
        if roll < 0.2:
            self.of_country(node)
        elif roll < 0.3:
            case = self.rng.choice(["avec", "contre", "entre", "sur"])
            node.right.append(self.case(self.country(), case, "nmod"))
        elif roll < 0.4:
            node.right.append(self.where("nmod"))
        return node

    def day(self) -> Node:
        """Mardi, mardi 3 mars, mardi soir, le 3 mars, en mars, hier."""
        roll, month = self.rng.random(), self.rng.choice(self.pack["months"])
        if roll < 0.12:
            return adverb(self.rng.choice(["hier", "aujourd'hui"]))
        masc = "Gender=Masc|Number=Sing"
        if roll < 0.2:
            return self.case(Node(month, month, "NOUN", masc), "en", "obl")
        date = Node(n := str(self.rng.randint(2, 31)), n, "NUM", "", "nmod")
        date.right = [Node(month, month, "NOUN", masc, "nmod")]
        if roll < 0.3:
            return date.as_("obl", self.det("le"))
        day = Node(d := self.rng.choice(self.pack["weekdays"]), d, "NOUN", masc, "obl")
        if roll < 0.45:
            day.right = [date]
        elif roll < 0.58:
            day.right = [Node(p := self.rng.choice(["matin", "soir", "après-midi"]), p, "NOUN", masc, "nmod")]
        elif roll < 0.64:
            day.right = [Node("dernier", "dernier", "ADJ", masc, "amod")]
        return day

    def where(self, rel: str = "obl") -> Node:
        """À Kiev, au Mali, en France, dans le nord de la Syrie."""
        roll = self.rng.random()
        if roll < 0.45:
            capital = self.rng.choice(self.pack["capitals"])
            return self.case(self.proper("Genève" if " " in capital else capital), "à", rel)
        if roll < 0.8:
            article, name = self.rng.choice(self.words["countries"])
            node = self.proper(name)
            if self.full and article != "les" and self.chance(0.12):
                self.with_role(node, article == "la" or (article == "l'" and name.endswith("e")))
            if article in ("la", "l'"):
                return self.case(node, "en", rel)
            node.left = [self.det("le", "Masc", article == "les")]
            return self.case(node, "à", rel)
        part = self.rng.choice(["nord", "sud", "est", "ouest", "centre"])
        node = Node(part, part, "NOUN", "Gender=Masc|Number=Sing")
        node.left = [self.det("le")]
        return self.case(self.of_country(node, with_article=0.95), self.rng.choice(["dans", "à"]), rel)


class Predicates(Nouns):
    """What they do: verbs in a form ("pres", "fut", "past", "had", "inf", "part") with their objects."""

    def verb(self, line: str, form: str, agree: Agree, *, be: bool = False, reflexive: bool = False) -> Node:
        """A verb, its auxiliaries and clitics in front of it."""
        verb, plural = Verb(line), agree[0]
        front = [Node("se", "se", "PRON", "Person=3|PronType=Prs|Reflex=Yes", "expl:pv")] if reflexive else []
        if form in ("pres", "fut"):
            node = verb.fin(form, plural)
        elif form == "inf":
            node = Node(verb.inf, verb.inf, "VERB", "VerbForm=Inf")
        elif form == "part":  # the second of two, or after an infinitive avoir
            node = verb.past()
        else:
            helper, tense = "être" if be or reflexive else "avoir", "Imp" if form == "had" else "Pres"
            word = HELP[helper][2 * (form == "had") + plural]
            front.append(Node(word, helper, "AUX", FIN.format(number(plural), tense), "aux:tense"))
            node = verb.past(agree if be or reflexive else (False, "Masc"))
        node.left = front
        if form in ("pres", "past", "fut") and self.chance(0.04):
            self.negate(node, form)
        elif form in ("past", "had") and self.chance(0.06):
            front.append(adverb(self.pick("adverbs")))
        return node

    def negate(self, verb: Node, form: str) -> None:
        verb.left.insert(0, adverb("ne", "Polarity=Neg"))
        (verb.left if form in ("past", "inf") else verb.right).append(adverb("pas", "Polarity=Neg"))

    def circumstances(self, verb: Node, *, inner: bool = False) -> Node:
        """When and where, between the verb and its object (inner) or after it."""
        some = (0.3 if inner else 0.2) * (1 if self.full else 0.25)
        if self.chance(some):
            verb.right.append(self.day())
        if self.chance(some * 0.7):
            verb.right.append(self.where())
        elif not inner and self.chance(0.2):
            verb.right.append(self.case(self.matter(), self.rng.choice(self.words["over"]), "obl"))
        return verb

    def predicate(self, form: str, agree: Agree = (False, "Masc"), *, nested: bool = False) -> Node:
        """A verb in a form with its objects."""
        roll = self.rng.random() * (0.75 if nested else 1)
        kinds = ((0.2, self.on_things), (0.38, self.on_people), (0.5, self.on_both), (0.53, self.toll),
                 (0.62, self.without), (0.7, self.reflexive), (0.75, self.moving),
                 (0.84, self.to_do), (0.9, self.make_do), (1, self.says))  # fmt: skip
        verb = next(make for end, make in kinds if roll < end)(form, agree)
        if roll < 0.75 and (not nested or self.chance(0.3)):
            self.circumstances(verb)
        return verb

    def on_things(self, form: str, agree: Agree) -> Node:
        """A signé mardi un accord."""
        verb = self.circumstances(self.verb(self.pick("with_things"), form, agree), inner=True)
        article = "le" if self.chance(0.5) else "un"
        thing = self.matter() if self.chance(0.4) else self.noun(self.pick("things"), article)
        verb.right.append(thing.as_("obj"))
        return verb

    def on_people(self, form: str, agree: Agree) -> Node:
        """Expulse l'ambassadeur de France; met en garde Paris."""
        if self.chance(0.15):
            return self.set_phrase(form, agree)
        verb = self.circumstances(self.verb(self.pick("with_people"), form, agree), inner=True)
        verb.right.append(self.target().as_("obj"))
        return verb

    def set_phrase(self, form: str, agree: Agree) -> Node:
        """Met en garde Paris contre …, prend un navire pour cible, relève de ses fonctions le général."""
        line, _, rest = self.pick("set_phrases").partition("|")
        case, *own, noun = rest.split()
        verb = self.verb(line, form, agree)
        part = Node(noun, noun.rstrip("s") if own == ["ses"] else noun, "NOUN", "Gender=Fem|Number=Sing")
        if own == ["ses"]:
            part.feats, part.left = "Gender=Fem|Number=Plur", [Node("ses", "son", "DET", "Number=Plur|Poss=Yes", "det")]
        elif own:
            part.left = [self.det("le", "Fem")]
        parts = [part.as_("obl:arg", Node(case, case, "ADP", "", "case")), self.target().as_("obj")]
        verb.right += parts if self.chance(0.7) else parts[::-1]
        if self.chance(0.4):
            verb.right.append(self.case(self.matter(), self.rng.choice(["contre", "pour", "après", "dans"]), "obl"))
        return verb

    def on_both(self, form: str, agree: Agree) -> Node:
        """Accuse Alger de …, impose des sanctions à Bamako."""
        line, _, frame = self.pick("with_both").partition("|")
        noun, _, case = frame.strip().rpartition(" ")
        verb = self.circumstances(self.verb(line, form, agree), inner=True)
        if noun == "-":
            thing, other = self.target(), self.matter()
        else:
            article = None if noun.startswith("!") else "un" if self.chance(0.5) else "le"
            thing, other = self.noun(noun.lstrip("!"), article, adj=0.15), self.target()
        verb.right += [thing.as_("obj"), self.case(other, case, "obl:arg" if case in ("à", "de") else "obl")]
        return verb

    def toll(self, form: str, agree: Agree) -> Node:
        """A fait deux morts."""
        verb = self.verb("faire fait font fait fera", form, agree)
        verb.right.append(self.noun(self.pick("victims"), "un", adj=0).as_("obj"))
        return verb

    def without(self, form: str, agree: Agree) -> Node:
        return self.framed("without", form, agree)

    def reflexive(self, form: str, agree: Agree) -> Node:
        return self.framed("pronominal", form, agree, reflexive=True)

    def moving(self, form: str, agree: Agree) -> Node:
        return self.framed("moving", form, agree, be=True)

    def framed(self, key: str, form: str, agree: Agree, *, be: bool = False, reflexive: bool = False) -> Node:
        """A verb without an object: appelle à …, s'est rendu à …, est arrivé à …"""
        line, _, frame = self.pick(key).partition("|")
        verb = self.circumstances(self.verb(line, form, agree, be=be, reflexive=reflexive), inner=True)
        case, _, kind = frame.strip().partition(" ")
        if kind == "where":
            verb.right.append(self.where("obl:arg" if self.chance(0.7) else "obl"))
        elif kind:
            other = self.target() if kind == "who" else self.matter()
            verb.right.append(self.case(other, case, "obl:arg" if case in ("à", "de") else "obl"))
        return verb

    def infinitive(self, case: str) -> Node:
        verb = self.predicate("inf", nested=True)
        if self.chance(0.1):
            verb.left[:0] = [adverb("ne", "Polarity=Neg"), adverb("pas", "Polarity=Neg")]
        return verb.as_("xcomp", *([] if case == "-" else [Node(case, case, "ADP", "", "mark")]))

    def to_do(self, form: str, agree: Agree) -> Node:
        """Menace de …, s'engage à …"""
        line, _, case = self.pick("to_do").partition("|")
        verb = self.verb(line.removeprefix("se "), form, agree, reflexive=line.startswith("se "))
        if self.full and self.chance(0.25):
            verb.right.append(self.day())
        verb.right.append(self.infinitive(case.strip()))
        return verb

    def make_do(self, form: str, agree: Agree) -> Node:
        """Exhorte Rabat à …, demande à Rabat de …"""
        line, _, frame = self.pick("make_do").partition("|")
        case, mark = frame.split()
        verb = self.verb(line, form, agree)
        if self.full and self.chance(0.25):
            verb.right.append(self.day())
        who = self.target()
        verb.right += [who.as_("obj") if case == "-" else self.case(who, case, "obl:arg"), self.infinitive(mark)]
        return verb

    def says(self, form: str, agree: Agree) -> Node:
        """Affirme avoir abattu …, affirme que …"""
        verb = self.verb(self.pick("say"), form, agree)
        if self.full and self.chance(0.3):
            verb.right.append(self.day())
        if self.chance(0.3) and (done := self.done()):
            verb.right.append(done.as_("xcomp"))
            return verb
        who = self.actor()
        said = self.predicate(self.rng.choice(["pres", "past", "past", "fut", "had"]), agreed(who), nested=True)
        verb.right.append(said.as_("ccomp", Node("que", "que", "SCONJ", "", "mark"), who.as_("nsubj")))
        return verb

    def done(self) -> Node | None:
        """Avoir signé …; nothing where it would be être."""
        verb = self.predicate("part", nested=True)
        if any(n.rel == "expl:pv" for n in verb.left):
            return None
        verb.left.insert(0, Node("avoir", "avoir", "AUX", "VerbForm=Inf", "aux:tense"))
        return verb


class Phrase(Predicates):
    """Whole sentences."""

    def sentence(self) -> Node:
        if not self.full and self.chance(0.3):
            root = self.victims() if self.chance(0.4) else self.nominal()
        elif self.chance(0.16):
            root = self.passive()
        else:
            root = self.active()
        if self.chance(0.06):  # …, faisant dix morts
            toll = Node(*self.rng.choice(TOLLS), "VERB", "Tense=Pres|VerbForm=Part")
            toll.right = [self.noun(self.pick("victims"), "un", adj=0).as_("obj")]
            root.right.append(toll.as_("advcl", Node(",", ",", "PUNCT", "", "punct")))
        if self.full and self.chance(0.07):
            source = self.case(self.actor(), "selon", "obl")
            root.right.append(source.as_("obl", Node(",", ",", "PUNCT", "", "punct")))
        self.in_front(root)
        return root

    def active(self) -> Node:
        forms = ["pres", "past", "past", "past", "fut", "had"] if self.full else ["pres"] * 7 + ["past", "past", "fut"]
        form, who = self.rng.choice(forms), self.actor()
        agree = agreed(who)
        if self.full and self.chance(0.2):
            self.aside_on(who, agree)
        root = self.predicate(form, agree)
        root.left.insert(0, who.as_("nsubj"))
        perfect = form in ("past", "had")
        if self.chance(0.12):
            second = self.predicate("part" if perfect else form, agree, nested=True)
            if not (perfect and any(n.rel == "expl:pv" for n in [*second.left, *root.left])):
                root.right.append(second.as_("conj", Node("et", "et", "CCONJ", "", "cc")))
        if self.chance(0.08):
            goal = self.predicate("inf", nested=True)
            root.right.append(goal.as_("advcl", Node("pour", "pour", "ADP", "", "mark")))
        elif self.full and self.chance(0.06) and (done := self.done()):
            root.right.append(done.as_("advcl", Node("après", "après", "ADP", "", "mark")))
        elif self.full and self.chance(0.08):
            root.right.append(self.clause())
        return root

    def clause(self) -> Node:
        """Alors que Kiev a …, lorsque …"""
        who, word = self.actor(), self.rng.choice(["alors", "alors", "tandis", "lorsque"])
        mark = Node(word, word, "SCONJ" if word == "lorsque" else "ADV", "", "mark")
        if word != "lorsque":
            mark.right = [Node("que", "que", "SCONJ", "", "fixed")]
        verb = self.predicate(self.rng.choice(["pres", "past", "had"]), agreed(who), nested=True)
        return verb.as_("advcl", mark, who.as_("nsubj"))

    def aside_on(self, who: Node, agree: Agree) -> None:
        """A long aside between the subject and its verb: accusé de …, qui …"""
        if any(n.rel in ("appos", "conj") for n in who.right):
            return
        roll = self.rng.random()
        if roll < 0.45:
            verb = self.predicate(self.rng.choice(["pres", "past", "had"]), agree, nested=True)
            verb.left.insert(0, Node("qui", "qui", "PRON", "PronType=Rel", "nsubj"))
            who.right.append(self.aside(verb, "acl:relcl"))
            return
        accused = roll >= 0.7
        verb = Verb("accuser" if accused else self.pick("with_people")).past(agree, "|Voice=Pass")
        if self.chance(0.7):
            verb.right.append(self.case(self.actor(), "par", "obl:agent"))
        if accused:
            guilt = self.infinitive("de") if self.chance(0.6) else self.case(self.matter(), "de", "obl:arg")
            verb.right.append(guilt)
        who.right.append(self.aside(verb, "acl"))

    def passive(self) -> Node:
        """Deux soldats ont été tués mardi par …; in headlines also without auxiliary, as acl under the noun."""
        who = self.crowd() if self.chance(0.6) else self.actor()
        agree = agreed(who)
        verb = Verb(self.pick("with_people" if self.chance(0.7) else "hurting")).past(agree, "|Voice=Pass")
        verb.right = self.how()
        if not self.full and self.chance(0.65):
            who.left = [n for n in who.left if n.upos != "DET" or n.word == "plusieurs"]
            who.right.append(verb.as_("acl"))
            return who
        verb.left = [who.as_("nsubj:pass"), *self.helpers(agree[0])]
        return verb

    def how(self) -> list[Node]:
        """When, by whom, in what, where."""
        found = [self.day()] if self.chance(0.25) else []
        if self.chance(0.35):
            found.append(self.case(self.actor(), "par", "obl:agent"))
        if self.chance(0.4):
            blow = self.noun(self.pick("blows"), "un")
            found.append(self.case(blow, "dans", "obl") if self.chance(0.7) else self.during(blow))
        if self.chance(0.4):
            found.append(self.where())
        return found

    def helpers(self, plural: bool) -> list[Node]:
        """Ont été, sont, étaient, seront."""
        if self.chance(0.7):
            have = Node(HELP["avoir"][plural], "avoir", "AUX", FIN.format(number(plural), "Pres"), "aux:tense")
            return [have, Node("été", "être", "AUX", "Tense=Past|VerbForm=Part", "aux:pass")]
        at, tense = self.rng.choice([(0, "Pres"), (0, "Pres"), (2, "Imp"), (4, "Fut")])
        return [Node(HELP["être"][at + plural], "être", "AUX", FIN.format(number(plural), tense), "aux:pass")]

    def victims(self) -> Node:
        """Deux morts et dix blessés dans une frappe russe."""
        node = self.noun(self.pick("victims"), None, adj=0.05)
        node.left = [self.several() if self.chance(0.2) else self.count()]
        if self.chance(0.3):
            other = self.noun(self.pick("victims"), None, adj=0)
            node.right.append(other.as_("conj", Node("et", "et", "CCONJ", "", "cc"), self.count()))
        if self.chance(0.85):
            blow = self.noun(self.pick("blows"), "un", adj=0.5)
            if self.chance(0.4):
                blow.right.append(self.where("nmod"))
            node.right.append(self.case(blow, self.rng.choice(["dans", "dans", "après"]), "nmod"))
        elif self.chance(0.5):
            node.right.append(self.where("nmod"))
        return node

    def nominal(self) -> Node:
        """Frappe turque en Syrie : dix morts; Rencontre entre Paris et Alger à Genève."""
        key, article = "blows" if self.chance(0.5) else "matters", "un" if self.chance(0.3) else None
        node = self.noun(self.pick(key), article, adj=0.5)
        if self.chance(0.3):
            case = self.rng.choice(["contre", "sur", "avec", "entre"])
            other = self.case(self.country(), case, "nmod")
            if case == "entre":
                other.right.append(self.country().as_("conj", Node("et", "et", "CCONJ", "", "cc")))
            node.right.append(other)
        if self.chance(0.5):
            node.right.append(self.where("nmod"))
        if self.chance(0.25):
            mark = self.rng.choice([":", ","])
            toll = self.noun(self.pick("victims"), None, adj=0)
            node.right.append(toll.as_("parataxis", Node(mark, mark, "PUNCT", "", "punct"), self.count()))
        return node

    def in_front(self, root: Node) -> None:
        """Kiev : …; Au Mali, …; Mardi, …; Selon l'armée, …"""
        roll = self.rng.random()
        if not self.full and roll < 0.22:
            names = [*self.pack["capitals"], *self.words["surnames"], *(n for _, n in self.words["countries"])]
            front = self.proper(self.rng.choice(names)).as_("parataxis")
        elif not self.full and roll < 0.26:
            front = self.where("nmod" if root.upos == "NOUN" else "obl")
        elif self.full and roll < 0.2:
            who = roll >= 0.13
            front = self.case(self.actor(), "selon", "obl") if who else self.day() if roll < 0.08 else self.where()
        else:
            return
        mark = ":" if front.rel == "parataxis" else ","
        front.right.append(Node(mark, mark, "PUNCT", "", "punct"))
        root.left.insert(0, front)
