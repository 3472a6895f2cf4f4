package profile

import "testing"

func TestWordsOfOnePlaceAreToldApart(t *testing.T) {
	var l Lexicon
	l.Put(5, 2)
	l.Put(5+slots, 3)
	if a, b := l.find(5, Whole), l.find(5+slots, Whole); a != 2 || b != 3 {
		t.Errorf("codes %d and %d, want 2 and 3", a, b)
	}
}

func TestALexiconHoldsMaxWordsWithACode(t *testing.T) {
	var l Lexicon
	l.Put(7, 0)
	l.Put(8, uint8(Prefix))
	for i := range uint32(MaxWords + 1) {
		l.Put(3*i, 2)
	}
	if l.find(3*(MaxWords-1), Whole) != 2 {
		t.Error("the last word that fits was left out")
	}
	if l.find(3*MaxWords, Whole) != Unknown {
		t.Error("a word too many was put in")
	}
}
