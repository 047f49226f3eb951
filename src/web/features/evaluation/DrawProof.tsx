// All with which a survey's sample is drawn again, and the command that does it: for everybody once the survey ended.
import { useTranslation } from 'react-i18next'
import { getSurveyDraw } from '../../../loop/evaluation/contract/surveys.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Prints } from './Prints.tsx'
import styles from './prints.module.css'

export function DrawProof({ survey }: { readonly survey: string }) {
  const { t } = useTranslation('evaluation')
  const { data, error, refetch } = useAsk(getSurveyDraw, { params: { id: survey } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={3} />
  // Of fewer than five beneficiaries not even the list is kept.
  if (data.list.length === 0) return null
  const { commitment, secret, nonce, seed, populationHash } = data
  const drawn = nonce === undefined || seed === undefined ? undefined : { nonce, seed }
  return (
    <div className={styles.proof}>
      <p>
        {t(drawn ? 'draw.drawn' : 'draw.all', { population: data.list.length, size: data.asked.length })}
        {t('draw.howTo')}
      </p>
      <code className={styles.command}>{`npm run draw:verify -- ${location.origin} --survey ${survey}`}</code>
      <Prints
        prints={[
          ['commitment', commitment],
          ['secret', secret],
          ...(drawn ? ([['nonce', drawn.nonce]] as const) : []),
          ['listHash', populationHash],
          ...(drawn ? ([['seed', drawn.seed]] as const) : []),
        ]}
      />
      <p>
        <a href={`/api/surveys/${survey}/draw`} download={`${data.number}.json`}>
          {t('draw.download', { count: data.list.length })}
        </a>
      </p>
    </div>
  )
}
